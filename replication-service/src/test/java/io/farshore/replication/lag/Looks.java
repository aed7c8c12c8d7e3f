package io.farshore.replication.lag;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at a database, with time moved by hand. */
final class Looks {
  static final ApplicationId LEDGER = new ApplicationId("ledger");
  static final RegionId EAST = new RegionId("us-east");
  static final RegionId WEST = new RegionId("eu-west");
  static final Timeline FIRST = new Timeline(1);

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Looks() {}

  static MonotonicInstant at(double seconds) {
    return new MonotonicInstant("test", (long) (seconds * 1e9));
  }

  static Instant wall(double seconds) {
    return NOON.plusNanos((long) (seconds * 1e9));
  }

  static Observation.Moment moment(double seconds) {
    return new Observation.Moment(at(seconds), wall(seconds));
  }

  static Observation writing(double seconds, long end, @Nullable Long flushed, long replayed) {
    return new Observation.Writing(
        moment(seconds),
        FIRST,
        new Lsn(end),
        true,
        flushed == null
            ? Map.of()
            : Map.of(WEST, new Observation.Follower(new Lsn(flushed), new Lsn(replayed), null)));
  }

  static Observation alone(double seconds, long end) {
    return writing(seconds, end, null, 0);
  }

  static Observation reading(double seconds, @Nullable Heartbeat newest) {
    return new Observation.Reading(
        moment(seconds), FIRST, new Lsn(100), new Lsn(100), wall(seconds), newest, 7L);
  }

  static Observation unanswered(double seconds) {
    return new Observation.Unanswered(moment(seconds), "postgres-unreachable");
  }

  static Heartbeat heartbeat(RegionId region, double seconds) {
    return new Heartbeat(region, wall(seconds), new Lsn((long) (seconds * 1000)), null);
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
