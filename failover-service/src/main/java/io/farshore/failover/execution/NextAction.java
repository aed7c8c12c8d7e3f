package io.farshore.failover.execution;

import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the executor does next. */
public sealed interface NextAction {
  /**
   * Nothing now.
   *
   * @param reason for people
   * @param again look again after this long at the latest
   */
  record Rest(String reason, Duration again) implements NextAction {}

  /** Journal that this executor begins the step (again). */
  record TakeOver(StepName step) implements NextAction {}

  /** Ask the holder to stop writing and to give its lease up. */
  record AskToYield(RegionId holder, Epoch epoch) implements NextAction {}

  /** Journal that the region left cannot write, and grant the next epoch. */
  record GrantTarget(long expectedRevision, @Nullable LossBound loss, Map<String, String> detail)
      implements NextAction {}

  /** Have the target's guard promote its replica. */
  record PromoteTarget(FencingToken token, @Nullable Lsn minimum) implements NextAction {}

  /** Have the target's guard prove that a commit is acknowledged. */
  record VerifyTarget(FencingToken token) implements NextAction {}

  /** Give the step and the execution up. */
  record GiveUp(StepName step, ErrorCode code, Map<String, String> detail) implements NextAction {}
}
