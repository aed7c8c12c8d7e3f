package io.farshore.failover.member.quarkus;

import io.farshore.kernel.Scheduler;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A member's loop: one thread, one task at a time. */
public final class LoopScheduler implements Scheduler, AutoCloseable {
  private final ScheduledThreadPoolExecutor thread;
  private final Consumer<Throwable> onError;

  /**
   * @param onError told of what a task threw; other tasks go on
   */
  public LoopScheduler(String name, Consumer<Throwable> onError) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.onError = onError;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    if (thread.isShutdown()) {
      return () -> {}; // a late answer to a member that is gone
    }
    ScheduledFuture<?> scheduled =
        thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      onError.accept(thrown);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
