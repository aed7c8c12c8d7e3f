package io.farshore.testbed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several things at the same time and waits for all of them. */
final class Together {
  private Together() {}

  /** Throws the first failure, after all have ended. */
  static void run(List<Runnable> actions) {
    RuntimeException first = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> running = actions.stream().map(threads::submit).toList();
      for (Future<?> each : running) {
        try {
          each.get();
        } catch (ExecutionException e) {
          RuntimeException failure =
              e.getCause() instanceof RuntimeException cause
                  ? cause
                  : new IllegalStateException(e.getCause());
          if (first == null) {
            first = failure;
          } else {
            first.addSuppressed(failure);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          threads.shutdownNow();
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
