package io.farshore.failover.lease;

import io.farshore.failover.member.Narrator;
import io.farshore.failover.plan.PositionSample;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicInstant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the region's database how it is, again and again. Lives on the member's loop. */
final class DatabaseWatch {
  private final ApplicationId application;
  private final GuardedDatabase database;
  private final Surroundings around;
  private @Nullable DatabaseReading reading;
  private @Nullable Instant askedAt;
  private @Nullable MonotonicInstant last;
  private int unanswered;
  private boolean inFlight;
  private long generation;

  DatabaseWatch(ApplicationId application, GuardedDatabase database, Surroundings around) {
    this.application = application;
    this.database = database;
    this.around = around;
  }

  /**
   * Asks again if it is time.
   *
   * @param threshold readings that may fail in a row before nothing is known any more
   */
  void readIfDue(int threshold) {
    if (inFlight || !around.due(last, around.settings().readInterval())) {
      return;
    }
    inFlight = true;
    last = around.clock().now();
    long askedIn = generation;
    Instant asked = around.wallClock().instant();
    around
        .onLoop(database.read())
        .whenComplete(
            (found, failure) -> {
              inFlight = false;
              if (askedIn != generation) {
                return; // asked before something we did, answered after it
              }
              if (failure == null) {
                take(found, asked);
              } else {
                missed(failure, threshold);
              }
            });
  }

  private void missed(Throwable failure, int threshold) {
    unanswered++;
    if (unanswered == 1) {
      around
          .narrator()
          .warn(
              "The database does not answer",
              Map.of("application", application.value(), "error", Narrator.reason(failure)),
              null);
    }
    if (unanswered >= threshold) {
      reading = null;
    }
  }

  /**
   * What we made of the database ourselves; readings under way are older and will be dropped.
   *
   * @param asked before that: what was written since may be missing in its position
   */
  void made(DatabaseReading state, Instant asked) {
    generation++;
    take(state, asked);
  }

  private void take(DatabaseReading found, Instant asked) {
    reading = found;
    askedAt = asked;
    unanswered = 0;
  }

  /** The last answer; empty while the database does not answer. */
  Optional<DatabaseReading> reading() {
    return Optional.ofNullable(reading);
  }

  /** The last position, with a time at or before which it held. */
  Optional<PositionSample> sample() {
    DatabaseReading known = reading;
    Instant asked = askedAt;
    return known == null || asked == null
        ? Optional.empty()
        : Optional.of(new PositionSample(known.position(), asked));
  }

  /** When the last answer was asked for. */
  Optional<Instant> askedAt() {
    return Optional.ofNullable(askedAt);
  }

  /** Readings that failed in a row. */
  int unanswered() {
    return unanswered;
  }
}
