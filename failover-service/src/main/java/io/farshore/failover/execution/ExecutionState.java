package io.farshore.failover.execution;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.farshore.failover.plan.StepName;
import java.time.Instant;

/** Where an execution stands. Only {@link Running} and {@link Held} can change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExecutionState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = ExecutionState.Held.class, name = "held"),
  @JsonSubTypes.Type(value = ExecutionState.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = ExecutionState.Failed.class, name = "failed")
})
public sealed interface ExecutionState {
  /** The executor works on a step. */
  record Running(StepName step) implements ExecutionState {}

  /** Waits for a person to acknowledge. */
  record Held(StepName before) implements ExecutionState {}

  /** Every step is done. */
  record Completed(Instant at) implements ExecutionState {}

  /**
   * A step was given up. Nothing was undone: what the journal says was done, was done.
   *
   * @param step which
   * @param code why; stable
   * @param at when
   */
  record Failed(StepName step, String code, Instant at) implements ExecutionState {}

  /** The word used in the API. */
  default String word() {
    return switch (this) {
      case Running running -> "running";
      case Held held -> "held";
      case Completed completed -> "completed";
      case Failed failed -> "failed";
    };
  }

  /** Whether nothing more will happen. */
  default boolean isOver() {
    return switch (this) {
      case Running running -> false;
      case Held held -> false;
      case Completed completed -> true;
      case Failed failed -> true;
    };
  }
}
