package io.farshore.failover.execution;

import io.farshore.contracts.failover.Execution.Measured;
import io.farshore.failover.plan.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a move really took and cost, computed from its journal and from nothing else. The instants
 * are wall-clock readings of the members that wrote the journal: where two members worked on one
 * execution, their clocks' difference is in it.
 */
public final class Measurement {
  private Measurement() {}

  /** The measurement of an execution whose writes were verified; empty before. */
  public static Optional<Measured> of(ExecutionRecord execution) {
    Instant detected = end(execution, StepName.DETECT);
    Instant fenced = end(execution, StepName.FENCE);
    Instant promoted = end(execution, StepName.PROMOTE);
    Instant shifted = end(execution, StepName.SHIFT);
    Instant verified = end(execution, StepName.VERIFY);
    if (detected == null
        || fenced == null
        || promoted == null
        || shifted == null
        || verified == null) {
      return Optional.empty();
    }
    Instant lastGoodSign = execution.request().lastGoodSign();
    LossBound loss = execution.loss();
    return Optional.of(
        new Measured(
            between(lastGoodSign, detected),
            between(detected, fenced),
            between(fenced, promoted),
            between(promoted, shifted),
            between(lastGoodSign, verified),
            loss == null ? null : loss.duration(),
            loss == null ? null : loss.bytes(),
            loss != null && loss.exact()));
  }

  private static @Nullable Instant end(ExecutionRecord execution, StepName step) {
    StepRecord record = execution.step(step);
    return record.state() == StepState.COMPLETED ? record.finishedAt() : null;
  }

  private static Duration between(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
