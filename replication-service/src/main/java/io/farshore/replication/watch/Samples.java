package io.farshore.replication.watch;

import io.farshore.kernel.MonotonicInstant;
import io.farshore.replication.lag.LinkReading;

/** Where readings are kept for later questions. */
@FunctionalInterface
public interface Samples {
  /** Never waits; what cannot be taken is dropped and counted. */
  void add(LinkReading reading, MonotonicInstant now);
}
