package io.farshore.replication.lag;

import java.time.Duration;

/**
 * When lag is worth telling.
 *
 * @param warn lag from which somebody should know
 * @param critical lag from which somebody should act
 * @param samples how many looks in a row it takes to change one's mind
 */
public record LagThresholds(Duration warn, Duration critical, int samples) {
  public LagThresholds {
    if (warn.compareTo(critical) >= 0 || warn.isNegative() || samples < 1) {
      throw new IllegalArgumentException("warn must be below critical, samples at least 1");
    }
  }
}
