package io.farshore.replication.lag;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns looks at one region's database into knowledge of its links. A proof, once had, stays: "all
 * committed before T has arrived" does not become untrue when nothing answers any more, it only
 * grows old. Not for use by several threads; no input or output.
 */
public final class LinkBook {
  private final ApplicationId application;
  private final RegionId here;
  private final Set<RegionId> others;
  private final Duration clockUncertainty;
  private final PositionTrail trail = new PositionTrail();
  private final Map<LinkKey, LinkReading> readings = new LinkedHashMap<>();
  private @Nullable Heartbeat newest;

  /**
   * @param application whose database
   * @param here the region it is in
   * @param others the regions that may follow it
   * @param clockUncertainty by how much the wall clocks of two regions may differ
   */
  public LinkBook(
      ApplicationId application, RegionId here, Set<RegionId> others, Duration clockUncertainty) {
    this.application = application;
    this.here = here;
    this.others = Set.copyOf(others);
    this.clockUncertainty = clockUncertainty;
  }

  /** Takes a look into account; answers all links of the database as they are known now. */
  public List<LinkReading> observe(Observation observation) {
    switch (observation) {
      case Observation.Writing writing -> onWriting(writing);
      case Observation.Reading reading -> onReading(reading);
      case Observation.Superseded superseded -> {
        readings.clear();
        newest = null;
      }
      case Observation.Unanswered unanswered ->
          readings.replaceAll((link, reading) -> reading.unanswered(unanswered.at()));
    }
    return List.copyOf(readings.values());
  }

  private void onWriting(Observation.Writing writing) {
    readings.keySet().removeIf(link -> !link.from().equals(here));
    newest = null;
    trail.add(writing.at(), writing.end());
    others.stream().sorted().forEach(region -> readings.put(to(region), sent(region, writing)));
  }

  private LinkReading sent(RegionId region, Observation.Writing writing) {
    LinkReading before = readings.get(to(region));
    Observation.Follower follower = writing.followers().get(region);
    Lsn known = before == null ? null : before.flushed();
    Lsn flushed = follower == null || follower.flushed() == null ? known : follower.flushed();
    Lsn replayed = follower == null ? null : follower.replayed();
    Long lagBytes = replayed == null ? null : Math.max(0, writing.end().bytesSince(replayed));
    return new LinkReading(
        to(region),
        follower == null ? LinkState.DISCONNECTED : flowing(lagBytes),
        follower == null ? null : writing.timeline(),
        lagBytes,
        follower == null ? null : idleIsZero(lagBytes, follower.replayLag()),
        later(before == null ? null : before.visible(), proved(replayed)),
        later(before == null ? null : before.safe(), proved(flushed)),
        flushed == null ? null : Math.max(0, writing.end().bytesSince(flushed)),
        flushed,
        writing.at());
  }

  private void onReading(Observation.Reading reading) {
    Heartbeat heartbeat = reading.heartbeat();
    readings.keySet().removeIf(link -> !link.to().equals(here));
    if (heartbeat == null || heartbeat.region().equals(here)) {
      return; // nobody else has written since this copy became a replica: the sender is not known
    }
    LinkKey link = new LinkKey(application, heartbeat.region(), here);
    readings.keySet().removeIf(other -> !other.equals(link)); // the writer has changed
    readings.put(link, received(link, heartbeat, reading));
  }

  private LinkReading received(LinkKey link, Heartbeat heartbeat, Observation.Reading reading) {
    LinkReading before = readings.get(link);
    Observation.Moment proved = before == null ? null : before.visible();
    if (proved == null || !heartbeat.equals(newest)) {
      proved = later(proved, written(heartbeat, reading.at()));
      newest = heartbeat;
    }
    Lsn primaryEnd = reading.primaryEnd();
    Long lagBytes =
        primaryEnd == null ? null : Math.max(0, primaryEnd.bytesSince(reading.replayed()));
    return new LinkReading(
        link,
        primaryEnd == null ? LinkState.DISCONNECTED : flowing(lagBytes),
        primaryEnd == null ? null : reading.timeline(),
        lagBytes,
        primaryEnd == null ? null : idleIsZero(lagBytes, sinceLastCommit(reading)),
        proved,
        proved,
        reading.exposedBytes(),
        null,
        reading.at());
  }

  /**
   * When the heartbeat was written, on our own monotonic clock. Wall clocks are compared once, when
   * it is first seen, and the age is taken too old rather than too young.
   */
  private Observation.Moment written(Heartbeat heartbeat, Observation.Moment now) {
    Duration apparent = Duration.between(heartbeat.writtenAt(), now.wall());
    Duration age = (apparent.isNegative() ? Duration.ZERO : apparent).plus(clockUncertainty);
    return new Observation.Moment(now.monotonic().minus(age), heartbeat.writtenAt());
  }

  private Observation.@Nullable Moment proved(@Nullable Lsn reached) {
    return reached == null ? null : trail.latestWithin(reached).orElse(null);
  }

  private LinkKey to(RegionId region) {
    return new LinkKey(application, here, region);
  }

  private static LinkState flowing(@Nullable Long lagBytes) {
    return Objects.equals(lagBytes, 0L) ? LinkState.IDLE : LinkState.STREAMING;
  }

  private static @Nullable Duration idleIsZero(@Nullable Long lagBytes, @Nullable Duration lag) {
    return Objects.equals(lagBytes, 0L) ? Duration.ZERO : lag;
  }

  private static @Nullable Duration sinceLastCommit(Observation.Reading reading) {
    Instant last = reading.lastCommitAt();
    if (last == null) {
      return null;
    }
    Duration since = Duration.between(last, reading.at().wall());
    return since.isNegative() ? Duration.ZERO : since;
  }

  private static Observation.@Nullable Moment later(
      Observation.@Nullable Moment one, Observation.@Nullable Moment other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.monotonic().isBefore(other.monotonic()) ? other : one;
  }
}
