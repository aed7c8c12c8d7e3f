package io.farshore.replication.lag;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one look at the region's database showed. */
public sealed interface Observation {
  /** When the look began: nothing seen is older. */
  Moment at();

  /**
   * One instant on both clocks of this process.
   *
   * @param monotonic for durations
   * @param wall for people and for comparison with other machines
   */
  record Moment(MonotonicInstant monotonic, Instant wall) {}

  /**
   * The database here is the primary.
   *
   * @param timeline its
   * @param end everything committed before {@code at} lies before this position
   * @param heartbeatWritten whether a heartbeat was written in this look
   * @param followers by the region they belong to
   */
  record Writing(
      Moment at,
      Timeline timeline,
      Lsn end,
      boolean heartbeatWritten,
      Map<RegionId, Follower> followers)
      implements Observation {
    public Writing {
      followers = Map.copyOf(followers);
    }
  }

  /**
   * A connected replica as the primary sees it.
   *
   * @param flushed on the replica's disk: survives the loss of the primary
   * @param replayed visible on the replica
   * @param replayLag as the primary measured it; absent when idle
   */
  record Follower(@Nullable Lsn flushed, @Nullable Lsn replayed, @Nullable Duration replayLag) {}

  /**
   * The database here is a replica.
   *
   * @param timeline it replays
   * @param replayed end of what is visible
   * @param primaryEnd how far the primary's log went in its last message; absent while not
   *     connected
   * @param lastCommitAt when the newest commit visible here was made, by the primary's clock
   * @param heartbeat the newest visible; absent before the first
   * @param exposedBytes log the writing region had and this one had not, as the writing region says
   *     now; absent if it does not say
   */
  record Reading(
      Moment at,
      Timeline timeline,
      Lsn replayed,
      @Nullable Lsn primaryEnd,
      @Nullable Instant lastCommitAt,
      @Nullable Heartbeat heartbeat,
      @Nullable Long exposedBytes)
      implements Observation {}

  /**
   * The database here was the primary and is fenced, and another region has the write lease.
   * Nothing flows from here any more, and nothing to here before the database is made anew.
   */
  record Superseded(Moment at) implements Observation {}

  /**
   * The database here did not answer.
   *
   * @param reason an error code
   */
  record Unanswered(Moment at, String reason) implements Observation {}
}
