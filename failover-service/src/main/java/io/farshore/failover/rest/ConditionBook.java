package io.farshore.failover.rest;

import io.farshore.contracts.Condition;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.Refusal;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.plan.CandidateDecider;
import io.farshore.failover.plan.Situation;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application can write, and whether it could move now. Remembers since when, as far
 * back as someone asked this process. On the member's loop.
 */
@Singleton
class ConditionBook {
  private final Clock wallClock;
  private final Map<String, Condition> known = new HashMap<>();

  @Inject
  ConditionBook(Clock wallClock) {
    this.wallClock = wallClock;
  }

  List<Condition> of(FailoverMember member, ApplicationRecord record) {
    return List.of(writable(member, record), protectedNow(member, record));
  }

  private Condition writable(FailoverMember member, ApplicationRecord record) {
    Lease lease = member.state().lease(record.spec().id());
    RegionId holder = lease.holder();
    if (holder == null || member.leases().surelyEnded(lease)) {
      return since(record, "Writable", "False", "NoLease", "no region holds the lease");
    }
    return holder.equals(record.writer().region())
        ? since(record, "Writable", "True", "LeaseHeld", holder + " holds the lease")
        : since(record, "Writable", "False", "Promoting", holder + " is being promoted");
  }

  private Condition protectedNow(FailoverMember member, ApplicationRecord record) {
    Refusal refusal = record.refusal();
    if (refusal != null) {
      return since(
          record, "Protected", "False", "FailoverRefused", "refused to move: " + refusal.code());
    }
    Situation situation = member.situation(record);
    return switch (CandidateDecider.choose(situation, null)) {
      case CandidateDecider.Choice.None(var code, var passedOver) ->
          since(record, "Protected", "False", "NoCandidate", nowhere(passedOver));
      case CandidateDecider.Choice.Candidate(RegionId region, var loss) ->
          candidate(record, situation, region, loss);
    };
  }

  private static String nowhere(Map<String, String> passedOver) {
    return passedOver.entrySet().stream()
        .map(one -> one.getKey() + ": " + one.getValue())
        .collect(Collectors.joining("; ", "no region to move to (", ")"));
  }

  private Condition candidate(
      ApplicationRecord record, Situation situation, RegionId region, @Nullable LossBound loss) {
    if (loss == null) {
      return since(record, "Protected", "Unknown", "LossUnknown", region + " cannot be compared");
    }
    return CandidateDecider.objection(situation, loss).isEmpty()
        ? since(
            record,
            "Protected",
            "True",
            "CandidateReady",
            region + " would lose at most " + loss.duration() + ", " + loss.bytes() + " bytes")
        : since(
            record,
            "Protected",
            "False",
            "LossBeyondObjective",
            region + " would lose up to " + loss.duration());
  }

  private Condition since(
      ApplicationRecord record, String type, String status, String reason, String message) {
    Instant now = wallClock.instant();
    return known.compute(
        record.spec().id() + "/" + type,
        (key, before) ->
            new Condition(
                type,
                status,
                reason,
                message,
                before != null && before.status().equals(status)
                    ? before.lastTransitionTime()
                    : now));
  }
}
