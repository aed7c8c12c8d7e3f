package io.farshore.failover.plan;

import io.farshore.failover.application.FailoverPolicy;
import java.time.Duration;
import java.util.List;

/**
 * The steps of a move, as data: journaled with the execution, so that whoever resumes it works by
 * the plan it began with.
 *
 * @param steps every {@link StepName} once, in its order
 */
public record RecoveryPlan(List<PlanStep> steps) {
  /** A promotion replays what was received and ends recovery: seconds, on a slow disk minutes. */
  static final Duration PROMOTE_BUDGET = Duration.ofMinutes(2);

  static final Duration VERIFY_BUDGET = Duration.ofMinutes(1);

  /** Steps that are nothing but an entry in the journal. */
  static final Duration JOURNAL_BUDGET = Duration.ofMinutes(1);

  /** Leases that may pass before fencing is given up: the old holder must end its own first. */
  static final int FENCE_LEASES = 4;

  /** Enough for every member of a quorum of five to crash once in the same step. */
  static final int ATTEMPTS_MAX = 10;

  public RecoveryPlan {
    steps = List.copyOf(steps);
    List<StepName> names = steps.stream().map(PlanStep::name).toList();
    if (!names.equals(List.of(StepName.values()))) {
      throw new IllegalArgumentException("a plan has every step once, in its order");
    }
  }

  /** The plan for one application. */
  public static RecoveryPlan forPolicy(FailoverPolicy policy) {
    return new RecoveryPlan(
        List.of(
            new PlanStep(StepName.DETECT, JOURNAL_BUDGET, 1),
            new PlanStep(
                StepName.FENCE, policy.leaseDuration().multipliedBy(FENCE_LEASES), ATTEMPTS_MAX),
            new PlanStep(StepName.PROMOTE, PROMOTE_BUDGET, ATTEMPTS_MAX),
            new PlanStep(StepName.SHIFT, JOURNAL_BUDGET, ATTEMPTS_MAX),
            new PlanStep(StepName.VERIFY, VERIFY_BUDGET, ATTEMPTS_MAX),
            new PlanStep(StepName.DECLARE, JOURNAL_BUDGET, ATTEMPTS_MAX)));
  }

  public PlanStep step(StepName name) {
    return steps.stream().filter(step -> step.name() == name).findFirst().orElseThrow();
  }
}
