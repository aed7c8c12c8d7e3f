package io.farshore.failover.plan;

import io.farshore.failover.execution.ExecutionKind;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.RegionId;
import java.util.Map;

/** Whether an application is to move. */
public sealed interface MoveVerdict {
  /**
   * Begin.
   *
   * @param kind what it may cost
   * @param from the region left
   * @param to the region moved to
   * @param reason in one sentence
   * @param evidence what the decision rests on
   */
  record Proceed(
      ExecutionKind kind, RegionId from, RegionId to, String reason, Map<String, String> evidence)
      implements MoveVerdict {}

  /** Nothing to do now, or not yet. */
  record Wait(String reason) implements MoveVerdict {}

  /** It should move, but doing so would break a promise: a person has to decide. */
  record Refuse(ErrorCode code, Map<String, String> context) implements MoveVerdict {}
}
