package io.farshore.quorum.raft;

import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Feeds a monotonic clock to MicroRaft, which counts milliseconds of a {@link Clock} and would be
 * misled by a wall clock that is set. Starts far above zero, since MicroRaft takes zero for
 * "never".
 */
final class MonotonicMillis extends Clock {
  private static final long ORIGIN_MILLIS = 1L << 40;

  private final MonotonicClock clock;
  private final MonotonicInstant start;

  MonotonicMillis(MonotonicClock clock) {
    this.clock = clock;
    this.start = clock.now();
  }

  @Override
  public long millis() {
    return ORIGIN_MILLIS + clock.now().since(start).toMillis();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
