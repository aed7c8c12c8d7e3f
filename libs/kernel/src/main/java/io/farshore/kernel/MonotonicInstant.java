package io.farshore.kernel;

import java.time.Duration;

/**
 * A reading of one process's monotonic clock. Readings of two clocks have no order: a lease's
 * length is measured by each side on its own clock and never by comparing them.
 *
 * @param clockId identifies the clock; a restarted process has a new one
 * @param nanos nanoseconds since an arbitrary origin of that clock
 */
public record MonotonicInstant(String clockId, long nanos) {
  public boolean comparableWith(MonotonicInstant other) {
    return clockId.equals(other.clockId);
  }

  public MonotonicInstant plus(Duration duration) {
    return new MonotonicInstant(clockId, Math.addExact(nanos, duration.toNanos()));
  }

  public MonotonicInstant minus(Duration duration) {
    return new MonotonicInstant(clockId, Math.subtractExact(nanos, duration.toNanos()));
  }

  /**
   * Time from {@code earlier} to this reading; negative if {@code earlier} is later.
   *
   * @throws IllegalArgumentException if the readings come from two clocks
   */
  public Duration since(MonotonicInstant earlier) {
    requireSameClock(earlier);
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  /**
   * Whether this reading was taken before {@code other}.
   *
   * @throws IllegalArgumentException if the readings come from two clocks
   */
  public boolean isBefore(MonotonicInstant other) {
    requireSameClock(other);
    return nanos - other.nanos < 0;
  }

  private void requireSameClock(MonotonicInstant other) {
    if (!comparableWith(other)) {
      throw new IllegalArgumentException("readings of two monotonic clocks cannot be compared");
    }
  }
}
