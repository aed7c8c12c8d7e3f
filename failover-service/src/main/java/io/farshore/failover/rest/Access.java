package io.farshore.failover.rest;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.member.quarkus.MemberLifecycle;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.routing.RoutingBoard;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How resources ask the member. */
@Singleton
class Access {
  private final MemberLifecycle lifecycle;

  @Inject
  Access(MemberLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  FailoverMember member() {
    return lifecycle.member();
  }

  RoutingBoard board() {
    return lifecycle.board();
  }

  /** Asks on the member's loop. */
  <T> Uni<T> ask(Callable<T> question) {
    return uni(() -> member().onLoop(question));
  }

  /** A stage as a Uni, its failure unwrapped so that it finds its problem document. */
  <T> Uni<T> uni(Supplier<CompletionStage<T>> stage) {
    return Uni.createFrom()
        .completionStage(stage)
        .onFailure(CompletionException.class)
        .transform(failure -> failure.getCause() == null ? failure : failure.getCause());
  }

  /** Waits until this member has applied everything agreed on so far. */
  Uni<Long> caughtUp() {
    return uni(() -> member().quorum().barrier());
  }

  ApplicationRecord require(String name) {
    ApplicationId id = new ApplicationId(name);
    return member()
        .state()
        .application(id)
        .orElseThrow(
            () ->
                new FarshoreException(
                    FailoverErrors.UNKNOWN_APPLICATION,
                    "No such application",
                    Map.of("application", name)));
  }

  ExecutionRecord requireExecution(String id) {
    return member().state().applications().values().stream()
        .map(record -> record.execution(id))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new FarshoreException(
                    FailoverErrors.UNKNOWN_EXECUTION,
                    "No such execution",
                    Map.of("execution", id)));
  }
}
