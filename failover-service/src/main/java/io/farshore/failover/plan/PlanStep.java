package io.farshore.failover.plan;

import java.time.Duration;

/**
 * One step of a plan.
 *
 * @param name what is done
 * @param budget how long one executor may spend on it before the execution fails
 * @param attemptsMax how often it may be begun, over all executors
 */
public record PlanStep(StepName name, Duration budget, int attemptsMax) {}
