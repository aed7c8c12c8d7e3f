package io.farshore.failover.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of the plan, in their order. */
public enum StepName {
  /** The evidence is weighed; complete when the move is decided. */
  DETECT,
  /** Wait until the region left can surely not write; grant the next epoch. */
  FENCE,
  /** Make the target's replica the primary. */
  PROMOTE,
  /** Publish the routing table that names the new writer. */
  SHIFT,
  /** Prove that a commit is acknowledged in the new region. */
  VERIFY,
  /** Write down what it took and cost. */
  DECLARE;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StepName> of(String word) {
    return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
  }

  /** The step that follows; absent after the last. */
  public Optional<StepName> next() {
    return switch (this) {
      case DETECT -> Optional.of(FENCE);
      case FENCE -> Optional.of(PROMOTE);
      case PROMOTE -> Optional.of(SHIFT);
      case SHIFT -> Optional.of(VERIFY);
      case VERIFY -> Optional.of(DECLARE);
      case DECLARE -> Optional.empty();
    };
  }
}
