package io.farshore.quorum.raft;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A member's thread as a real one. A platform thread, because it waits for the disk. */
public final class MemberThread implements MemberExecutor {
  private static final System.Logger LOG = System.getLogger(MemberThread.class.getName());

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  /**
   * @param name of the thread
   */
  public MemberThread(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = Thread.ofPlatform().name(name).daemon(true).unstarted(task);
              thread = made;
              return made;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    if (Thread.currentThread() == thread) {
      guarded(task).run();
    } else {
      submit(task);
    }
  }

  @Override
  public void submit(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      // The member is closed: nothing it would still do matters to anyone.
      LOG.log(DEBUG, "task came after the member was closed", e);
    }
  }

  @Override
  public void schedule(Runnable task, long delay, TimeUnit unit) {
    Cancellable ignored = schedule(Duration.of(delay, unit.toChronoUnit()), task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    try {
      Future<?> future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.log(DEBUG, "timer came after the member was closed", e);
      return () -> {};
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | AssertionError e) {
        LOG.log(ERROR, "a task of the quorum member failed", e);
      }
    };
  }

  @Override
  public void close() {
    executor.shutdown();
    executor.getQueue().clear();
  }
}
