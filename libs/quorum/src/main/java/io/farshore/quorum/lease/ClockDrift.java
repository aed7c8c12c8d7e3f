package io.farshore.quorum.lease;

import java.time.Duration;

/**
 * How far any member's monotonic clock may be off true time, as a share of what it measures: a
 * clock bounded by 1/200 shows between 0.995 s and 1.005 s for each true second.
 *
 * @param parts the share is 1 / parts; at least 2
 */
public record ClockDrift(int parts) {
  /** A hundred times worse than common quartz; kernels slew at most 1/2000 on top of it. */
  public static final ClockDrift DEFAULT = new ClockDrift(200);

  public ClockDrift {
    if (parts < 2) {
      throw new IllegalArgumentException("clock drift must be at most one half");
    }
  }

  /** A reading no larger than {@code duration} of true time, even on the slowest clock. */
  public Duration surelyWithin(Duration duration) {
    return duration.minus(duration.dividedBy(parts));
  }

  /**
   * A reading that only comes after {@code duration} of true time, even on the fastest clock; one
   * nanosecond beyond to make up for the rounding.
   */
  public Duration surelyBeyond(Duration duration) {
    return duration.plus(duration.dividedBy(parts)).plusNanos(1);
  }
}
