package io.farshore.testbed.client;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for time alone. */
public final class Wait {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Wait() {}

  /**
   * Asks until the condition holds.
   *
   * @param what for the message, as a fact: "eu-west holds the lease"
   * @throws IllegalStateException if it does not hold within {@code patience}
   */
  public static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("waited " + patience + " in vain until " + what);
      }
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting until " + what, e);
      }
    }
  }
}
