package io.farshore.replication.watch;

import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.replication.lag.LinkReading;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readings as others see them. */
public final class Views {
  /** What replicates, as the address book calls it after the application's name. */
  private static final String COMPONENT = "database";

  private Views() {}

  /** A link; ages are counted until {@code now}. */
  public static ReplicationLink link(LinkReading reading, MonotonicInstant now) {
    return new ReplicationLink(
        reading.link().application().value(),
        COMPONENT,
        reading.link().from().value(),
        reading.link().to().value(),
        reading.state().label(),
        reading.timeline() == null ? null : reading.timeline().id(),
        reading.lagBytes(),
        reading.serverLag(),
        reading.lag(now),
        reading.lastVisibleAt(),
        reading.observed().wall());
  }

  /** An exposure; it is counted until {@code now}, so the age of the look is in it. */
  public static Exposure exposure(
      LinkReading reading, Optional<Duration> objective, MonotonicInstant now) {
    Duration duration = reading.exposure(now);
    return new Exposure(
        reading.link().application().value(),
        reading.link().from().value(),
        reading.link().to().value(),
        duration,
        reading.exposedBytes(),
        objective.orElse(null),
        within(duration, objective),
        reading.observed().wall());
  }

  private static String within(@Nullable Duration duration, Optional<Duration> objective) {
    if (duration == null || objective.isEmpty()) {
      return "Unknown";
    }
    return duration.compareTo(objective.get()) <= 0 ? "True" : "False";
  }
}
