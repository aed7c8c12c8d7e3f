package io.farshore.failover.member;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.plan.FailoverDecider;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.MoveVerdict;
import io.farshore.failover.plan.RefusalText;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Moves that people ask for. Lives on the member's loop. */
final class Moves {
  private final Agreement agreement;
  private final SituationReader situations;
  private final ExecutionRequests requests;
  private final MoveExecutor executor;

  Moves(
      Agreement agreement,
      SituationReader situations,
      ExecutionRequests requests,
      MoveExecutor executor) {
    this.agreement = agreement;
    this.situations = situations;
    this.requests = requests;
    this.executor = executor;
  }

  /**
   * What a person asks for.
   *
   * @param id of the execution; the same id again has no effect
   * @param application what is to move
   * @param target where to; absent: the best candidate
   * @param reason for the record
   * @param subject who asks
   * @param acceptLoss go on even if the loss is beyond the objective
   * @param holdBefore steps before which to wait for a person
   * @param traceparent the request's trace context; absent: a new one
   */
  record Wish(
      String id,
      ApplicationId application,
      @Nullable RegionId target,
      String reason,
      String subject,
      boolean acceptLoss,
      Set<StepName> holdBefore,
      @Nullable String traceparent) {}

  /** Decides and, if it may be, begins; answers the execution's id or fails with the refusal. */
  CompletionStage<String> begin(Wish wish) {
    Optional<ApplicationRecord> record = agreement.state().application(wish.application());
    if (record.isEmpty()) {
      return refused(
          FailoverErrors.UNKNOWN_APPLICATION, Map.of("application", wish.application().value()));
    }
    if (record.get().execution(wish.id()).isPresent()) {
      return CompletableFuture.completedFuture(wish.id());
    }
    Situation situation = situations.read(agreement.state(), record.get());
    return switch (FailoverDecider.requested(
        situation, wish.target(), wish.reason(), wish.acceptLoss())) {
      case MoveVerdict.Wait(String why) ->
          refused(FailoverErrors.NEVER_WRITABLE, Map.of("why", why));
      case MoveVerdict.Refuse(var code, var context) -> refused(code, context);
      case MoveVerdict.Proceed proceed -> {
        ExecutionRequest request =
            requests.request(
                wish.id(),
                situation,
                proceed,
                wish.subject(),
                wish.traceparent() == null ? requests.newTrace() : wish.traceparent(),
                wish.acceptLoss(),
                wish.holdBefore());
        yield executor
            .begin(request, proceed)
            .thenApply(
                outcome ->
                    switch (outcome) {
                      case ControlOutcome.Accepted accepted -> wish.id();
                      case ControlOutcome.Refused(var code, var context) ->
                          throw new FarshoreException(code, RefusalText.of(code), context);
                    });
      }
    };
  }

  private static CompletionStage<String> refused(ErrorCode code, Map<String, String> context) {
    return CompletableFuture.failedFuture(
        new FarshoreException(code, RefusalText.of(code), context));
  }
}
