package io.farshore.failover.rest;

import io.farshore.contracts.Condition;
import io.farshore.contracts.Metadata;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationStatus;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.contracts.failover.RegionEvidence;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.failover.application.ApplicationSpecs;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.evidence.ObserverReport;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.quorum.lease.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the member knows, in the shapes of the API. To be asked on the member's loop. */
final class Views {
  private Views() {}

  static Application application(
      FailoverMember member, ApplicationRecord record, List<Condition> conditions) {
    Optional<LeaseView> lease = lease(member, record.spec().id());
    return new Application(
        new Metadata(record.spec().id().value(), Map.of(), record.generation()),
        ApplicationSpecs.of(record.spec()),
        new ApplicationStatus(
            record.generation(),
            lease.orElse(null),
            record.underWay().map(execution -> execution.request().id()).orElse(null),
            conditions));
  }

  /** Empty before the first grant. */
  static Optional<LeaseView> lease(FailoverMember member, ApplicationId application) {
    Lease lease = member.state().lease(application);
    return member
        .leases()
        .revisionSeenAt(application)
        .filter(seen -> lease.revision() > 0)
        .map(
            seen ->
                new LeaseView(
                    application.value(),
                    lease.holder() == null ? null : lease.holder().value(),
                    lease.epoch().value(),
                    lease.duration(),
                    seen,
                    member.leases().surelyEnded(lease)));
  }

  static Execution execution(ExecutionRecord record) {
    ExecutionRequest request = record.request();
    return new Execution(
        request.id(),
        request.application().value(),
        request.kind().word(),
        false,
        request.from().value(),
        request.to().value(),
        record.epoch().value(),
        record.state().word(),
        record.state() instanceof ExecutionState.Held(var before) ? before.word() : null,
        request.trigger(),
        request.reason(),
        request.traceId(),
        request.decidedAt(),
        finishedAt(record.state()),
        record.steps().stream()
            .map(
                step ->
                    new Execution.Step(
                        step.name().word(),
                        step.state().word(),
                        step.attempts(),
                        step.executor() == null ? null : step.executor().value(),
                        step.startedAt(),
                        step.finishedAt(),
                        step.detail()))
            .toList(),
        Measurement.of(record).orElse(null));
  }

  private static @Nullable Instant finishedAt(ExecutionState state) {
    return switch (state) {
      case ExecutionState.Running running -> null;
      case ExecutionState.Held held -> null;
      case ExecutionState.Completed(Instant at) -> at;
      case ExecutionState.Failed(var step, var code, Instant at) -> at;
    };
  }

  static RegionEvidence evidence(RegionFinding finding, List<ObserverReport> reports) {
    return new RegionEvidence(
        finding.region().value(),
        finding.verdict().word(),
        finding.reason(),
        reports.stream()
            .flatMap(
                report ->
                    report.observations().stream()
                        .filter(seen -> seen.endpoint().region().equals(finding.region().value()))
                        .map(
                            seen ->
                                new RegionEvidence.Observation(
                                    report.observer().value(),
                                    seen.endpoint().kind().word(),
                                    seen.health() == io.farshore.failover.evidence.Health.UP,
                                    seen.failures(),
                                    seen.lastSuccessAt(),
                                    seen.detail())))
            .toList());
  }

  static RegionStatus region(RegionGuard guard, Instant now) {
    DatabaseReport report = guard.report();
    ReplicationPosition position = report.position();
    return new RegionStatus(
        report.region().value(),
        guard.application().value(),
        report.role().word(),
        position == null ? null : position.timeline().id(),
        position == null ? null : position.lsn().toString(),
        guard.fencedSince().orElse(null),
        guard.divergence().orElse(null),
        guard.readAt().orElse(now),
        Map.of("mayConfirmCommits", Boolean.toString(guard.mayConfirm())));
  }
}
