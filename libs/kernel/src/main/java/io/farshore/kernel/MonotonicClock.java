package io.farshore.kernel;

import java.util.UUID;

/** A clock that never goes back, for leases and time-outs. Implementations are thread-safe. */
public interface MonotonicClock {
  MonotonicInstant now();

  /** The machine's own clock, {@link System#nanoTime()}. Each call answers a clock of its own. */
  static MonotonicClock system() {
    String clockId = UUID.randomUUID().toString();
    return () -> new MonotonicInstant(clockId, System.nanoTime());
  }
}
