package io.farshore.failover.execution;

import io.farshore.failover.plan.RecoveryPlan;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a move when it is decided; never changes afterwards.
 *
 * @param id time-ordered UUID
 * @param application what moves
 * @param kind what it may cost
 * @param from the region left
 * @param to the region moved to
 * @param trigger {@code automatic} or the subject who asked
 * @param reason for the record
 * @param acceptLoss go on even if the loss is beyond the objective
 * @param holdBefore steps before which to wait for a person
 * @param plan the steps and their budgets
 * @param traceparent W3C trace context of the whole execution
 * @param lastGoodSign when the region left was last seen well
 * @param decidedAt when this was decided
 */
public record ExecutionRequest(
    String id,
    ApplicationId application,
    ExecutionKind kind,
    RegionId from,
    RegionId to,
    String trigger,
    String reason,
    boolean acceptLoss,
    Set<StepName> holdBefore,
    RecoveryPlan plan,
    String traceparent,
    Instant lastGoodSign,
    Instant decidedAt) {
  /** Said as the trigger when no person asked. */
  public static final String AUTOMATIC = "automatic";

  public ExecutionRequest {
    holdBefore = Collections.unmodifiableSet(new TreeSet<>(holdBefore));
  }

  /** The W3C trace id within {@link #traceparent()}. */
  public String traceId() {
    return traceparent.split("-", -1)[1];
  }
}
