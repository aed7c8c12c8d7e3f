package io.farshore.failover.member;

import io.farshore.kernel.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings results back to a member's loop. */
public final class Loops {
  private Loops() {}

  /** The same result, completed on the loop. */
  public static <T> CompletionStage<T> hop(CompletionStage<T> stage, Scheduler loop) {
    CompletableFuture<T> there = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) ->
            loop.schedule(
                Duration.ZERO,
                () -> {
                  if (failure == null) {
                    there.complete(value);
                  } else {
                    there.completeExceptionally(failure);
                  }
                }));
    return there;
  }
}
