package io.farshore.gateway.wiring;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One thread for what touches the disk, in order. Thread-safe. */
final class Background implements Executor, AutoCloseable {
  /** A table or a state change each: more than this means that the disk does not answer. */
  private static final int TASKS_MAX = 1024;

  private static final long CLOSE_SECONDS_MAX = 2;

  private static final Logger LOG = Logger.getLogger("io.farshore.gateway");

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(TASKS_MAX),
          task -> Thread.ofPlatform().daemon().name("gateway-background").unstarted(task),
          (_, _) -> LOG.error("The disk does not keep up: an event or a table was not stored"));

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.error("The disk does not answer: events may not have been stored");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
