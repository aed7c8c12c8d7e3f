package io.farshore.failover.member;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.WriterRecord;
import io.farshore.failover.evidence.EvidenceBook;
import io.farshore.failover.evidence.EvidenceDecider;
import io.farshore.failover.evidence.ObserverReport;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.lease.LeaseWatch;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.FailoverDecider;
import io.farshore.failover.plan.LeaseFacts;
import io.farshore.failover.plan.Situation;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a decision about an application rests on. Lives on the member's loop. */
public final class SituationReader {
  private final EvidenceDecider decider;
  private final EvidenceBook book;
  private final LeaseWatch leases;
  private final Clock wallClock;

  public SituationReader(
      EvidenceDecider decider, EvidenceBook book, LeaseWatch leases, Clock wallClock) {
    this.decider = decider;
    this.book = book;
    this.leases = leases;
    this.wallClock = wallClock;
  }

  /** The situation of one application now. */
  public Situation read(ControlState state, ApplicationRecord record) {
    ApplicationId id = record.spec().id();
    Map<RegionId, DatabaseReport> databases = new HashMap<>();
    for (DatabaseReport report : book.databases()) {
      if (report.application().equals(id)) {
        databases.put(report.region(), report);
      }
    }
    return new Situation(
        record.spec(),
        lease(record.writer(), state.lease(id)),
        findings(record),
        databases,
        record.underWay().isPresent(),
        recentAutomatic(record));
  }

  /** The verdict on each region of an application. */
  public Map<RegionId, RegionFinding> findings(ApplicationRecord record) {
    List<ObserverReport> reports = book.observations();
    Map<RegionId, RegionFinding> findings = new HashMap<>();
    for (RegionId region : record.spec().regions()) {
      findings.put(region, decider.decide(region, record.spec().id(), reports));
    }
    return findings;
  }

  private LeaseFacts lease(WriterRecord writer, Lease lease) {
    return new LeaseFacts(
        lease.holder(),
        writer.region(),
        lease.epoch(),
        leases.surelyEnded(lease),
        writer.givenUp(),
        writer.stoppedAtKnownPosition(),
        leases.sinceRevision(lease.application()),
        writer.writableUntil(),
        writer.history());
  }

  private int recentAutomatic(ApplicationRecord record) {
    Instant since = wallClock.instant().minus(FailoverDecider.AUTOMATIC_WINDOW);
    return (int)
        record.executions().stream()
            .map(execution -> execution.request())
            .filter(request -> request.trigger().equals(ExecutionRequest.AUTOMATIC))
            .filter(request -> request.decidedAt().isAfter(since))
            .count();
  }
}
