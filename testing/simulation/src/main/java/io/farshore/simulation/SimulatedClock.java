package io.farshore.simulation;

import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;

/**
 * One process's monotonic clock: runs at its own rate and started at its own moment.
 *
 * <p>For a rate of 1.002 it shows 2 ms too much after each second.
 */
public final class SimulatedClock implements MonotonicClock {
  private final VirtualTime time;
  private final String id;
  private final long origin;
  private final double rate;

  SimulatedClock(VirtualTime time, String id, double rate) {
    this.time = time;
    this.id = id;
    this.origin = time.nanos();
    this.rate = rate;
  }

  @Override
  public MonotonicInstant now() {
    return new MonotonicInstant(id, Math.round((time.nanos() - origin) * rate));
  }

  /** How long true time takes until this clock has moved by {@code nanos}. */
  long trueNanos(long nanos) {
    return Math.round(nanos / rate);
  }
}
