package io.farshore.failover.lease;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.control.RegionCondition;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the quorum when this region's database is fenced, and what it has that the new primary has
 * not. Lives on the member's loop.
 */
final class FenceReport {
  /** Between two attempts to read a divergent tail. */
  private static final Duration MEASURE_PAUSE = Duration.ofSeconds(10);

  private final ApplicationId application;
  private final GuardedDatabase database;
  private final Surroundings around;
  private @Nullable Instant fencedSince;
  private @Nullable Divergence divergence;
  private @Nullable MonotonicInstant lastMeasuring;
  private boolean measuring;
  private boolean telling;

  FenceReport(ApplicationId application, GuardedDatabase database, Surroundings around) {
    this.application = application;
    this.database = database;
    this.around = around;
  }

  Optional<Instant> fencedSince() {
    return Optional.ofNullable(fencedSince);
  }

  Optional<Divergence> divergence() {
    return Optional.ofNullable(divergence);
  }

  /** Takes in what the database is now. */
  void on(DatabaseRole role) {
    if (role == DatabaseRole.FENCED) {
      fencedSince = fencedSince == null ? around.wallClock().instant() : fencedSince;
    } else {
      fencedSince = null;
      divergence = null;
    }
  }

  /** Measures and tells what is not known yet. */
  void tell(ApplicationRecord record) {
    RegionCondition told =
        record
            .region(around.region())
            .orElseGet(() -> new RegionCondition(around.region(), null, null));
    if (fencedSince != null && told.fencedSince() != null) {
      // A restarted guard goes on with what it had found before.
      fencedSince = told.fencedSince();
      divergence = divergence == null ? told.divergence() : divergence;
    }
    measure(record);
    boolean known =
        (fencedSince != null) == (told.fencedSince() != null)
            && Objects.equals(divergence, told.divergence());
    if (known || telling) {
      return;
    }
    telling = true;
    around
        .agreement()
        .propose(
            new ReportRegion(
                application,
                around.region(),
                fencedSince,
                divergence,
                around.wallClock().instant(),
                around.member()))
        .whenComplete((outcome, failure) -> telling = false);
  }

  private void measure(ApplicationRecord record) {
    RegionId writer = record.writer().region();
    boolean leftBehind =
        fencedSince != null
            && writer != null
            && !around.region().equals(writer)
            && !record.writer().forks().isEmpty();
    if (!leftBehind
        || measuring
        || divergence != null
        || !around.due(lastMeasuring, MEASURE_PAUSE)) {
      return;
    }
    measuring = true;
    lastMeasuring = around.clock().now();
    around
        .onLoop(database.divergence(record.writer().forks()))
        .whenComplete(
            (found, failure) -> {
              measuring = false;
              if (failure == null && fencedSince != null) {
                divergence = found.orElse(null);
              }
            });
  }
}
