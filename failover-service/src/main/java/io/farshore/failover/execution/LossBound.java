package io.farshore.failover.execution;

import java.time.Duration;

/**
 * What a move can have lost at most.
 *
 * @param duration committed work, in time
 * @param bytes log
 * @param exact whether it was read from the old region's tail rather than bounded
 */
public record LossBound(Duration duration, long bytes, boolean exact) {
  /** Nothing: the region left had stopped and the target has all of it. */
  public static final LossBound NONE = new LossBound(Duration.ZERO, 0, true);
}
