package io.farshore.replication.wiring;

import io.farshore.quarkus.log.KeyedLog;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Work done again and again in a thread of its own. An exception is logged and does not end it:
 * measuring must go on. An error ends it, and the liveness check then says so.
 */
final class Repeating implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final KeyedLog LOG = KeyedLog.of(Repeating.class);

  private final Thread thread;
  private volatile boolean stopped;

  private Repeating(String name, Duration interval, Runnable work) {
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(interval, work));
  }

  /** The next turn begins an interval after the last began, or at once if that took longer. */
  static Repeating start(String name, Duration interval, Runnable work) {
    Repeating repeating = new Repeating(name, interval, work);
    repeating.thread.start();
    return repeating;
  }

  private void run(Duration interval, Runnable work) {
    long next = System.nanoTime();
    while (!stopped) {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.with("thread", thread.getName())
            .with("error", e)
            .because(e)
            .error("What repeats failed and goes on");
      }
      next = Math.max(next + interval.toNanos(), System.nanoTime());
      while (!stopped && System.nanoTime() - next < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  String name() {
    return thread.getName();
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
