package io.farshore.failover.plan;

import io.farshore.failover.execution.LossBound;
import io.farshore.kernel.ReplicationPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Bounds what a promotion can lose: everything the old primary may have confirmed after the
 * candidate's last byte and before its own right to write ended.
 */
public final class LossEstimator {
  /** Log may grow faster after the last sample than it ever did in a time as long. */
  static final double GROWTH_FACTOR = 2;

  /** One burst that fits between two samples and shows in neither. */
  static final long BURST_BYTES = 1 << 20;

  private LossEstimator() {}

  /**
   * The bound, or nothing if the candidate cannot be compared with the primary.
   *
   * @param history the primary's positions; its clock is the only one that enters
   * @param candidate what the candidate has received
   * @param writableUntil when the primary's right to write ended, by its own clock
   */
  public static Optional<LossBound> bound(
      PositionHistory history, ReplicationPosition candidate, Instant writableUntil) {
    Optional<PositionSample> last = history.last();
    if (last.isEmpty() || !last.get().position().comparableWith(candidate)) {
      return Optional.empty();
    }
    return history
        .lastSeenAtOrBefore(candidate.lsn())
        .map(
            reached ->
                new LossBound(
                    atLeastZero(Duration.between(reached, writableUntil)),
                    bytes(history, last.get(), candidate, writableUntil),
                    false));
  }

  private static long bytes(
      PositionHistory history,
      PositionSample last,
      ReplicationPosition candidate,
      Instant writableUntil) {
    Duration unseen = atLeastZero(Duration.between(last.at(), writableUntil));
    long growth = (long) Math.ceil(history.mostGrowthWithin(unseen) * GROWTH_FACTOR) + BURST_BYTES;
    return Math.max(0, last.position().lsn().plusBytes(growth).bytesSince(candidate.lsn()));
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
