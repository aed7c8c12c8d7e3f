package io.farshore.testbed.network;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction between two sites. Everything that travels this way, in whichever connection, is
 * delayed, slowed or held by it. Thread-safe.
 *
 * <p>A cut holds bytes back instead of breaking connections, as a network that drops packets does:
 * both ends find out by their own time-outs, and what they had sent arrives after {@link #heal()}.
 */
public final class Link {
  /** Bytes a second that stand for "not limited". */
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final String from;
  private final String to;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration jitter = Duration.ZERO;
  private boolean cut;
  private long bytesPerSecond = UNLIMITED;

  Link(String from, String to) {
    this.from = from;
    this.to = to;
  }

  public String from() {
    return from;
  }

  public String to() {
    return to;
  }

  /** Sets how long each byte travels, and the most that chance may add. */
  public void delay(Duration travel, Duration mostJitter) {
    delay = travel;
    jitter = mostJitter;
  }

  /** Lets nothing through until {@link #heal()}. */
  public void cut() {
    change(() -> cut = true);
  }

  /** Lets only so many bytes through in a second, for each connection. */
  public void drip(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a drip lets at least one byte a second through");
    }
    change(() -> bytesPerSecond = bytes);
  }

  /** Ends a cut and a drip. The delay stays. */
  public void heal() {
    change(
        () -> {
          cut = false;
          bytesPerSecond = UNLIMITED;
        });
  }

  /** How long the next byte travels. */
  long travelNanos() {
    long most = jitter.toNanos();
    return delay.toNanos() + (most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
  }

  /** Waits while the link is cut, then takes the time that {@code bytes} need on a slow link. */
  void pass(int bytes) throws InterruptedException {
    long rate = awaitOpen();
    if (rate != UNLIMITED) {
      Thread.sleep(Duration.ofNanos(bytes * 1_000_000_000L / rate));
      awaitOpen();
    }
  }

  /** The most bytes to hand over at once, so that a slow link drips instead of gushing. */
  int portion() {
    lock.lock();
    try {
      return bytesPerSecond == UNLIMITED
          ? Integer.MAX_VALUE
          : Math.clamp(bytesPerSecond / 10, 1, Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private long awaitOpen() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (cut) {
        changed.await();
      }
      return bytesPerSecond;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
