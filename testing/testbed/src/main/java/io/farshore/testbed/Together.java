package io.farshore.testbed;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs several things at the same time and waits for them. */
final class Together {
  private Together() {}

  /** Throws the first failure, after all have ended. */
  static void run(List<Runnable> actions) {
    run(actions, false);
  }

  /** Throws the first failure as soon as it is known, and interrupts the others. */
  static void runUnlessOneFails(List<Runnable> actions) {
    run(actions, true);
  }

  private static void run(List<Runnable> actions, boolean failFast) {
    @Nullable RuntimeException first = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<Void> running = new ExecutorCompletionService<>(threads);
      actions.forEach(action -> running.submit(action, null));
      for (int ended = 0; ended < actions.size() && !(failFast && first != null); ended++) {
        try {
          running.take().get();
        } catch (ExecutionException e) {
          first = first == null ? unwrapped(e) : first;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          first = new IllegalStateException("interrupted", e);
          break;
        }
      }
      if (first != null) {
        threads.shutdownNow();
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    return failure.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(failure.getCause());
  }
}
