package io.farshore.failover.member;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlCommand.Begin;
import io.farshore.failover.control.ControlCommand.CompletePromotion;
import io.farshore.failover.control.ControlCommand.CompleteStep;
import io.farshore.failover.control.ControlCommand.FailStep;
import io.farshore.failover.control.ControlCommand.Fence;
import io.farshore.failover.control.ControlCommand.RecordRefusal;
import io.farshore.failover.control.ControlCommand.RetryStep;
import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.Refusal;
import io.farshore.failover.execution.ExecutionDecider;
import io.farshore.failover.execution.ExecutionDecider.LeaseRevision;
import io.farshore.failover.execution.ExecutionDecider.Progress;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.execution.NextAction;
import io.farshore.failover.execution.NextAction.AskToYield;
import io.farshore.failover.execution.NextAction.GiveUp;
import io.farshore.failover.execution.NextAction.GrantTarget;
import io.farshore.failover.execution.NextAction.PromoteTarget;
import io.farshore.failover.execution.NextAction.Rest;
import io.farshore.failover.execution.NextAction.TakeOver;
import io.farshore.failover.execution.NextAction.VerifyTarget;
import io.farshore.failover.lease.LeaseWatch;
import io.farshore.failover.plan.FailoverDecider;
import io.farshore.failover.plan.MoveVerdict.Proceed;
import io.farshore.failover.plan.MoveVerdict.Refuse;
import io.farshore.failover.plan.MoveVerdict.Wait;
import io.farshore.failover.plan.PositionSample;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.lease.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Works on executions while this member leads, and begins automatic ones. Whatever it does is
 * compare-and-set in the journal or carries a fencing token, so a deposed leader that has not
 * noticed yet does no harm. Lives on the member's loop.
 */
final class MoveExecutor {
  /** A guard's answer to an order; an order can be repeated. */
  private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(10);

  private final Quorum quorum;
  private final Agreement agreement;
  private final SituationReader situations;
  private final LeaseWatch leases;
  private final ExecutionRequests requests;
  private final ControlJson json;
  private final Clock wallClock;
  private final MonotonicClock clock;
  private final Scheduler loop;
  private final Narrator narrator;
  private final Map<ApplicationId, Work> works = new HashMap<>();

  /** Where this executor is with one application; local, and lost when it crashes. */
  private static final class Work {
    private String at = "";
    private @Nullable MonotonicInstant since;
    private boolean busy;
    private @Nullable MonotonicInstant failedAt;
  }

  MoveExecutor(
      Quorum quorum,
      Agreement agreement,
      SituationReader situations,
      LeaseWatch leases,
      ExecutionRequests requests,
      ControlJson json,
      Clock wallClock,
      MonotonicClock clock,
      Scheduler loop,
      Narrator narrator) {
    this.quorum = quorum;
    this.agreement = agreement;
    this.situations = situations;
    this.leases = leases;
    this.requests = requests;
    this.json = json;
    this.wallClock = wallClock;
    this.clock = clock;
    this.loop = loop;
    this.narrator = narrator;
  }

  void tick() {
    if (!quorum.leading()) {
      works.clear();
      return;
    }
    for (ApplicationRecord record : agreement.state().applications().values()) {
      Work work = works.computeIfAbsent(record.spec().id(), id -> new Work());
      if (work.busy) {
        continue;
      }
      Optional<ExecutionRecord> execution = record.underWay();
      if (execution.isPresent()) {
        work(record, execution.get(), work);
      } else {
        watch(record, work);
      }
    }
  }

  private void watch(ApplicationRecord record, Work work) {
    Situation situation = situations.read(agreement.state(), record);
    switch (FailoverDecider.automatic(situation)) {
      case Wait nothing -> {}
      case Refuse(var code, var context) -> {
        Refusal known = record.refusal();
        // A loss that grows is one refusal, not one a tick.
        if (known == null || !known.code().equals(code.value())) {
          narrator.warn("Refused to move by itself", with(context, record, code.value()), null);
          run(
              work,
              agreement.propose(
                  new RecordRefusal(
                      record.spec().id(), code.value(), context, wallClock.instant(), self())));
        }
      }
      case Proceed proceed -> {
        ExecutionRequest request = requests.automatic(situation, proceed);
        run(work, begin(request, proceed));
      }
    }
  }

  /** Journals a new execution. */
  CompletionStage<ControlOutcome> begin(ExecutionRequest request, Proceed proceed) {
    return agreement
        .propose(new Begin(request, proceed.evidence(), self(), quorum.leading() ? self() : null))
        .thenApply(
            outcome -> {
              agreement
                  .state()
                  .application(request.application())
                  .flatMap(record -> record.execution(request.id()))
                  .ifPresent(begun -> narrator.step("Execution begun", begun, proceed.evidence()));
              return outcome;
            });
  }

  private void work(ApplicationRecord record, ExecutionRecord execution, Work work) {
    MonotonicInstant now = clock.now();
    String at =
        execution.request().id()
            + execution.state()
            + execution.current().map(step -> execution.step(step).attempts()).orElse(0);
    if (!at.equals(work.at)) {
      boolean sameStep = work.at.startsWith(execution.request().id() + execution.state());
      work.at = at;
      // The budget is the step's, not the attempt's.
      work.since = sameStep && work.since != null ? work.since : now;
      work.failedAt = null;
    }
    Situation situation = situations.read(agreement.state(), record);
    Lease lease = agreement.state().lease(record.spec().id());
    MonotonicInstant since = work.since == null ? now : work.since;
    NextAction next =
        ExecutionDecider.decide(
            execution,
            situation,
            new Progress(
                self(),
                now.since(since),
                work.busy,
                work.failedAt == null ? null : now.since(work.failedAt),
                new LeaseRevision(lease.revision(), leases.remaining(lease))));
    act(execution, next, work);
  }

  private void act(ExecutionRecord execution, NextAction next, Work work) {
    ApplicationId application = execution.request().application();
    String id = execution.request().id();
    String trace = execution.request().traceparent();
    switch (next) {
      case Rest rest -> {}
      case TakeOver(StepName step) -> {
        narrator.step("Taking a step", execution, Map.of("step", step.word()));
        run(work, accepted(new RetryStep(application, id, step, wallClock.instant(), self())));
      }
      case AskToYield(RegionId holder, var epoch) ->
          run(
              work,
              order(
                  holder,
                  GuardOrders.YIELD,
                  new GuardOrders.Yield(application, id, trace, epoch),
                  GuardOrders.Done.class));
      case GrantTarget(long revision, var loss, var detail) -> {
        narrator.step("Granting the next epoch", execution, detail);
        run(
            work,
            accepted(
                new Fence(application, id, revision, loss, detail, wallClock.instant(), self())));
      }
      case PromoteTarget(var token, var minimum) -> {
        narrator.step("Promoting", execution, Map.of("epoch", token.epoch().toString()));
        run(
            work,
            order(
                    token.holder(),
                    GuardOrders.PROMOTE,
                    new GuardOrders.Promote(application, id, trace, token, minimum),
                    GuardOrders.Promoted.class)
                .thenCompose(promoted -> accepted(promoted(execution, promoted))));
      }
      case VerifyTarget(var token) ->
          run(
              work,
              order(
                      token.holder(),
                      GuardOrders.VERIFY,
                      new GuardOrders.Verify(application, id, trace, token),
                      GuardOrders.Done.class)
                  .thenCompose(
                      done ->
                          accepted(
                              new CompleteStep(
                                  application,
                                  id,
                                  StepName.VERIFY,
                                  Map.of(),
                                  wallClock.instant(),
                                  self()))));
      case GiveUp(StepName step, var code, var detail) -> {
        narrator.step("Giving up", execution, with(detail, step, code.value()));
        run(
            work,
            accepted(
                new FailStep(
                    application, id, step, code.value(), detail, wallClock.instant(), self())));
      }
    }
  }

  private CompletePromotion promoted(ExecutionRecord execution, GuardOrders.Promoted promoted) {
    Instant now = wallClock.instant();
    return new CompletePromotion(
        execution.request().application(),
        execution.request().id(),
        promoted.fork(),
        new PositionSample(promoted.position(), now),
        Map.of(
            "timeline", promoted.position().timeline().toString(),
            "forkLsn", promoted.fork().at().toString()),
        now,
        self());
  }

  private <T> CompletionStage<T> order(
      RegionId region, String topic, Object order, Class<T> answer) {
    return Loops.hop(
        quorum
            .call(new MemberId(region.value()), topic, json.write(order), ORDER_TIMEOUT)
            .thenApply(bytes -> json.read(bytes, answer)),
        loop);
  }

  /** A journal entry that is refused was written by someone else: look again, nothing failed. */
  private CompletionStage<ControlOutcome> accepted(ControlCommand command) {
    return agreement.propose(command);
  }

  private void run(Work work, CompletionStage<?> action) {
    work.busy = true;
    action.whenComplete(
        (done, failure) -> {
          work.busy = false;
          if (failure != null) {
            work.failedAt = clock.now();
            narrator.warn(
                "An action failed and will be tried again",
                Map.of("error", Narrator.reason(failure)),
                null);
          } else {
            // The next step need not wait for the next tick.
            loop.schedule(Duration.ZERO, this::tick);
          }
        });
  }

  private MemberId self() {
    return quorum.self();
  }

  private static Map<String, String> with(
      Map<String, String> context, ApplicationRecord record, String code) {
    Map<String, String> all = new HashMap<>(context);
    all.put("application", record.spec().id().value());
    all.put("code", code);
    return all;
  }

  private static Map<String, String> with(Map<String, String> detail, StepName step, String code) {
    Map<String, String> all = new HashMap<>(detail);
    all.put("step", step.word());
    all.put("code", code);
    return all;
  }
}
