package io.farshore.failover.control;

import io.farshore.failover.plan.PositionHistory;
import io.farshore.failover.plan.PositionSample;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose history is the one to follow, and how far it is known.
 *
 * @param region the last region whose primary the quorum knew of; absent before the first grant
 * @param history where it was
 * @param writableUntil when its right to write ends or ended, by its own wall clock
 * @param givenUp whether it gave that right up by itself
 * @param stoppedAtKnownPosition whether it said, when it gave it up, where its log ended
 * @param forks promotions, oldest first
 */
public record WriterRecord(
    @Nullable RegionId region,
    PositionHistory history,
    @Nullable Instant writableUntil,
    boolean givenUp,
    boolean stoppedAtKnownPosition,
    List<Fork> forks) {
  /** Nobody wrote yet. */
  public static final WriterRecord NONE =
      new WriterRecord(null, PositionHistory.NONE, null, false, false, List.of());

  /** A region that missed more failovers than this is reseeded, not compared. */
  static final int FORKS_MAX = 32;

  public WriterRecord {
    forks = List.copyOf(forks);
  }

  /** The region's primary was seen while it held the lease. */
  WriterRecord seen(RegionId writer, PositionSample position, Instant askedAt, Duration lease) {
    PositionHistory known = writer.equals(region) ? history : PositionHistory.NONE;
    return new WriterRecord(writer, known.plus(position), askedAt.plus(lease), false, false, forks);
  }

  /** The region renewed without saying where its database is. */
  WriterRecord renewed(RegionId holder, Instant askedAt, Duration lease) {
    return holder.equals(region)
        ? new WriterRecord(region, history, askedAt.plus(lease), false, false, forks)
        : this;
  }

  /** The region stopped by itself. */
  WriterRecord stopped(RegionId holder, @Nullable PositionSample last, Instant at) {
    return holder.equals(region)
        ? new WriterRecord(
            region, last == null ? history : history.plus(last), at, true, last != null, forks)
        : this;
  }

  WriterRecord forked(Fork fork) {
    List<Fork> all = new ArrayList<>(forks);
    all.add(fork);
    return new WriterRecord(
        region,
        history,
        writableUntil,
        givenUp,
        stoppedAtKnownPosition,
        all.subList(Math.max(0, all.size() - FORKS_MAX), all.size()));
  }
}
