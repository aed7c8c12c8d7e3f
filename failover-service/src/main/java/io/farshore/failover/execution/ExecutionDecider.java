package io.farshore.failover.execution;

import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionState.Running;
import io.farshore.failover.execution.NextAction.AskToYield;
import io.farshore.failover.execution.NextAction.GiveUp;
import io.farshore.failover.execution.NextAction.GrantTarget;
import io.farshore.failover.execution.NextAction.PromoteTarget;
import io.farshore.failover.execution.NextAction.Rest;
import io.farshore.failover.execution.NextAction.TakeOver;
import io.farshore.failover.execution.NextAction.VerifyTarget;
import io.farshore.failover.plan.CandidateDecider;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.LeaseFacts;
import io.farshore.failover.plan.LossEstimator;
import io.farshore.failover.plan.MoveVerdict.Refuse;
import io.farshore.failover.plan.PlanStep;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.ReplicationPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an execution needs next. Pure: from the journal, the situation and how long this
 * executor has been at it, so that any member can go on where another stopped.
 */
public final class ExecutionDecider {
  /** Looked at again with every change anyway; this is for what changes by time alone. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** After a failed attempt. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private ExecutionDecider() {}

  /**
   * Where this executor is with the current step.
   *
   * @param self this executor
   * @param inStep since it first saw the step, by its monotonic clock
   * @param busy whether an action of its own is under way
   * @param sinceFailure since its last attempt failed; absent if none did
   * @param lease the lease's revision and how long until it has surely ended
   */
  public record Progress(
      MemberId self,
      Duration inStep,
      boolean busy,
      @Nullable Duration sinceFailure,
      LeaseRevision lease) {}

  /** The lease as the quorum's table has it. */
  public record LeaseRevision(long revision, Duration untilSurelyEnded) {}

  /** What to do now. */
  public static NextAction decide(
      ExecutionRecord execution, Situation situation, Progress progress) {
    if (!(execution.state() instanceof Running(StepName step))) {
      return new Rest("waits for a person, or is over", LOOK_AGAIN);
    }
    if (progress.busy()) {
      return new Rest("an action is under way", LOOK_AGAIN);
    }
    PlanStep planned = execution.request().plan().step(step);
    StepRecord journaled = execution.step(step);
    if (progress.inStep().compareTo(planned.budget()) > 0) {
      return new GiveUp(
          step, FailoverErrors.BUDGET_EXCEEDED, Map.of("budget", planned.budget().toString()));
    }
    boolean another = !progress.self().equals(journaled.executor());
    Duration sinceFailure = progress.sinceFailure();
    boolean failed = sinceFailure != null;
    if (sinceFailure != null && sinceFailure.compareTo(RETRY_PAUSE) < 0) {
      return new Rest("pauses after a failure", LOOK_AGAIN);
    }
    if (another || failed) {
      return journaled.attempts() >= planned.attemptsMax()
          ? new GiveUp(
              step,
              FailoverErrors.ATTEMPTS_EXHAUSTED,
              Map.of("attempts", Integer.toString(journaled.attempts())))
          : new TakeOver(step);
    }
    return switch (step) {
      case FENCE -> fence(execution, situation, progress);
      case PROMOTE -> promote(execution, situation);
      case VERIFY -> new VerifyTarget(token(execution));
      case DETECT, SHIFT, DECLARE -> new Rest("completes with its predecessor", LOOK_AGAIN);
    };
  }

  private static NextAction fence(
      ExecutionRecord execution, Situation situation, Progress progress) {
    LeaseFacts lease = situation.lease();
    ExecutionRequest request = execution.request();
    boolean alive = situation.finding(request.from()).verdict() != RegionVerdict.DOWN;
    if (request.kind() == ExecutionKind.SWITCHOVER && alive && lease.holder() != null) {
      // Also after its lease ended: only its guard can say where the log ended.
      return new AskToYield(lease.holder(), lease.epoch());
    }
    if (lease.surelyEnded()) {
      return grant(execution, situation, progress);
    }
    boolean renewed =
        lease
                .sinceRenewal()
                .compareTo(situation.application().policy().renewInterval().multipliedBy(2))
            <= 0;
    if (request.kind() == ExecutionKind.FAILOVER
        && alive
        && renewed
        && progress.inStep().compareTo(situation.application().policy().leaseDuration()) > 0) {
      return new GiveUp(
          StepName.FENCE,
          FailoverErrors.REGION_CAME_BACK,
          Map.of("region", request.from().value()));
    }
    return new Rest("the lease has not surely ended", progress.lease().untilSurelyEnded());
  }

  private static NextAction grant(
      ExecutionRecord execution, Situation situation, Progress progress) {
    ExecutionRequest request = execution.request();
    Map<String, String> detail = new TreeMap<>();
    detail.put("how", situation.lease().givenUp() ? "given up by its holder" : "ended");
    if (givenUpForUs(execution, situation)) {
      return new GrantTarget(progress.lease().revision(), LossBound.NONE, detail);
    }
    DatabaseReport target = situation.databases().get(request.to());
    Instant writableUntil = situation.lease().writableUntil();
    ReplicationPosition received = target == null ? null : target.position();
    if (target == null
        || received == null
        || target.role() != DatabaseRole.REPLICA
        || writableUntil == null) {
      return new Rest("the target's replica was not heard lately", LOOK_AGAIN);
    }
    detail.put("received", received.lsn().toString());
    Optional<LossBound> loss =
        LossEstimator.bound(situation.lease().history(), received, writableUntil);
    Optional<Refuse> objection =
        request.acceptLoss()
            ? Optional.empty()
            : CandidateDecider.objection(situation, loss.orElse(null));
    return objection
        .<NextAction>map(refusal -> new GiveUp(StepName.FENCE, refusal.code(), refusal.context()))
        .orElseGet(() -> new GrantTarget(progress.lease().revision(), loss.orElse(null), detail));
  }

  private static NextAction promote(ExecutionRecord execution, Situation situation) {
    if (!execution.request().to().equals(situation.lease().holder())
        || !execution.epoch().equals(situation.lease().epoch())) {
      return new GiveUp(
          StepName.PROMOTE,
          FailoverErrors.LEASE_NOT_AVAILABLE,
          Map.of("why", "the target gave its lease up"));
    }
    boolean lossless = execution.loss() != null && execution.loss().exact();
    Lsn minimum =
        lossless
            ? situation.lease().history().last().map(last -> last.position().lsn()).orElse(null)
            : null;
    return new PromoteTarget(token(execution), minimum);
  }

  /** The holder stopped for this very move and said where its log ended: nothing can be lost. */
  private static boolean givenUpForUs(ExecutionRecord execution, Situation situation) {
    return execution.request().kind() == ExecutionKind.SWITCHOVER
        && situation.lease().givenUp()
        && situation.lease().stoppedAtKnownPosition();
  }

  private static FencingToken token(ExecutionRecord execution) {
    return new FencingToken(execution.request().to(), execution.epoch());
  }
}
