package io.farshore.replication.lag;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.Timeline;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one link after a look.
 *
 * @param link which
 * @param state whether changes flow
 * @param timeline of the receiver, if connected
 * @param lagBytes log written and not replayed; absent if unknown
 * @param serverLag replay delay by the server's views; zero when idle; absent if unknown
 * @param visible everything committed before is visible at the receiver; absent before the first
 *     proof
 * @param safe everything committed before survives the loss of the sender; absent before the first
 *     proof
 * @param exposedBytes log that would be lost; absent if unknown
 * @param flushed the receiver's last known position on disk
 * @param observed when the look began
 */
public record LinkReading(
    LinkKey link,
    LinkState state,
    @Nullable Timeline timeline,
    @Nullable Long lagBytes,
    @Nullable Duration serverLag,
    Observation.@Nullable Moment visible,
    Observation.@Nullable Moment safe,
    @Nullable Long exposedBytes,
    @Nullable Lsn flushed,
    Observation.Moment observed) {

  /** Age of the newest change known to be visible at the receiver; absent if none is known. */
  public @Nullable Duration lag(MonotonicInstant now) {
    return visible == null ? null : now.since(visible.monotonic());
  }

  /** When the newest change known to be visible was made, by the sender's wall clock. */
  public @Nullable Instant lastVisibleAt() {
    return visible == null ? null : visible.wall();
  }

  /**
   * Upper bound of the time whose commits would be lost if the sender were lost now. It grows as
   * long as nothing newer is proved.
   */
  public @Nullable Duration exposure(MonotonicInstant now) {
    return safe == null ? null : now.since(safe.monotonic());
  }

  /** The same link when its database no longer answers: proofs stay, measures do not. */
  LinkReading unanswered(Observation.Moment at) {
    return new LinkReading(
        link, LinkState.UNKNOWN, null, null, null, visible, safe, null, flushed, at);
  }
}
