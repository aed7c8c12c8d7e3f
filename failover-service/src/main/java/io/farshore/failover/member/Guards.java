package io.farshore.failover.member;

import io.farshore.failover.control.ControlJson;
import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.Quorum;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** This region's guards, and the orders that other members send them. */
final class Guards {
  private final Map<ApplicationId, RegionGuard> guards;
  private final ControlJson json;
  private final Scheduler loop;
  private final Narrator narrator;

  Guards(
      Map<ApplicationId, RegionGuard> guards, ControlJson json, Scheduler loop, Narrator narrator) {
    this.guards = Map.copyOf(guards);
    this.json = json;
    this.loop = loop;
    this.narrator = narrator;
  }

  Collection<RegionGuard> all() {
    return guards.values();
  }

  void tick() {
    guards.values().forEach(RegionGuard::tick);
  }

  void serve(Quorum quorum) {
    quorum.serve(
        GuardOrders.PROMOTE,
        (sender, request) -> {
          GuardOrders.Promote order = json.read(request, GuardOrders.Promote.class);
          return answer(
              order.application(),
              keys(order.execution(), order.traceparent()),
              guard ->
                  guard
                      .promote(order.token(), order.minimum())
                      .thenApply(done -> new GuardOrders.Promoted(done.fork(), done.position())));
        });
    quorum.serve(
        GuardOrders.VERIFY,
        (sender, request) -> {
          GuardOrders.Verify order = json.read(request, GuardOrders.Verify.class);
          return answer(
              order.application(),
              keys(order.execution(), order.traceparent()),
              guard -> guard.verify(order.token()).thenApply(done -> GuardOrders.Done.DONE));
        });
    quorum.serve(
        GuardOrders.YIELD,
        (sender, request) -> {
          GuardOrders.Yield order = json.read(request, GuardOrders.Yield.class);
          return answer(
              order.application(),
              keys(order.execution(), order.traceparent()),
              guard ->
                  guard
                      .giveUp(order.execution(), order.epoch())
                      .thenApply(done -> GuardOrders.Done.DONE));
        });
  }

  private <T> CompletionStage<byte[]> answer(
      ApplicationId application,
      Map<String, String> keys,
      Function<RegionGuard, CompletionStage<T>> order) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    loop.schedule(
        Duration.ZERO,
        () -> {
          RegionGuard guard = guards.get(application);
          CompletionStage<T> done;
          try {
            if (guard == null) {
              throw new FarshoreException(
                  FailoverErrors.UNKNOWN_APPLICATION,
                  "This region guards no database of the application",
                  Map.of("application", application.value()));
            }
            done = order.apply(guard);
          } catch (FarshoreException refused) {
            done = CompletableFuture.failedFuture(refused);
          }
          done.whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  narrator.info("Carried out an order", keys);
                  answer.complete(json.write(value));
                } else {
                  narrator.warn("Could not carry out an order", keys, failure);
                  answer.completeExceptionally(failure);
                }
              });
        });
    return answer;
  }

  private static Map<String, String> keys(String execution, String traceparent) {
    return Map.of("executionId", execution, "traceId", traceparent.split("-", -1)[1]);
  }
}
