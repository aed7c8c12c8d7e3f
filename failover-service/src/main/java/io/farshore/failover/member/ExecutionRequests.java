package io.farshore.failover.member;

import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.plan.MoveVerdict.Proceed;
import io.farshore.failover.plan.RecoveryPlan;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.IdGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** Writes down a move that was decided on: who, where to, why, under which trace. */
final class ExecutionRequests {
  private final IdGenerator ids;
  private final Clock wallClock;

  ExecutionRequests(IdGenerator ids, Clock wallClock) {
    this.ids = ids;
    this.wallClock = wallClock;
  }

  ExecutionRequest automatic(Situation situation, Proceed proceed) {
    return request(
        ids.next().toString(),
        situation,
        proceed,
        ExecutionRequest.AUTOMATIC,
        newTrace(),
        false,
        Set.of());
  }

  ExecutionRequest request(
      String id,
      Situation situation,
      Proceed proceed,
      String trigger,
      String traceparent,
      boolean acceptLoss,
      Set<StepName> holdBefore) {
    Instant now = wallClock.instant();
    RegionFinding left = situation.finding(proceed.from());
    // A switchover counts from the request: until then nothing was wrong.
    Instant sign =
        proceed.kind() == ExecutionKind.SWITCHOVER || left.lastGoodSign() == null
            ? now
            : left.lastGoodSign();
    return new ExecutionRequest(
        id,
        situation.application().id(),
        proceed.kind(),
        proceed.from(),
        proceed.to(),
        trigger,
        proceed.reason(),
        acceptLoss,
        holdBefore,
        RecoveryPlan.forPolicy(situation.application().policy()),
        traceparent,
        sign.isAfter(now) ? now : sign,
        now);
  }

  /** A W3C trace context of its own: this execution is a trace, whoever works on it. */
  String newTrace() {
    UUID trace = ids.next();
    UUID span = ids.next();
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(trace.getMostSignificantBits())
        + hex.toHexDigits(trace.getLeastSignificantBits())
        + "-"
        + hex.toHexDigits(span.getLeastSignificantBits())
        + "-01";
  }
}
