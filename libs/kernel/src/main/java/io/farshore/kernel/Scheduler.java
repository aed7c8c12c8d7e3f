package io.farshore.kernel;

import java.time.Duration;

/**
 * Runs tasks later. A port, so that time can be moved by hand in tests and simulations.
 * Implementations are thread-safe.
 */
public interface Scheduler {
  /**
   * Runs {@code task} once after {@code delay}. A task that throws is reported to the scheduler's
   * error handler; it does not stop other tasks.
   */
  Cancellable schedule(Duration delay, Runnable task);

  /** A task that has not yet run can be taken back. */
  interface Cancellable {
    /** Has no effect once the task has started. */
    void cancel();
  }
}
