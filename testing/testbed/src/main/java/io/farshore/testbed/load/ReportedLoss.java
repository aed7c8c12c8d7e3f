package io.farshore.testbed.load;

import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.replication.Exposure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Farshore said would be lost, and what it said was lost.
 *
 * @param exposure the last one asked for before the loss; absent if none was reported
 * @param lostAt wall-clock time of the loss
 * @param execution the failover
 */
public record ReportedLoss(@Nullable Exposure exposure, Instant lostAt, Execution execution) {
  /** Where the truth, known to the clients, is worse than what was said; empty if nowhere. */
  public List<String> understatements(Settlement settlement) {
    List<String> found = new ArrayList<>();
    if (!settlement.isCoveredBy(exposedAtLoss())) {
      found.add(understatement(settlement, "exposure reported before the loss", exposedAtLoss()));
    }
    Execution.Measured measured = execution.measured();
    Duration bound = measured == null ? null : measured.lossDurationMax();
    if (!settlement.isCoveredBy(bound)) {
      found.add(understatement(settlement, "loss reported after it", bound));
    }
    return found;
  }

  /** An exposure grows with time until it is measured again. */
  private @Nullable Duration exposedAtLoss() {
    return exposure == null || exposure.duration() == null
        ? null
        : exposure.duration().plus(Duration.between(exposure.observedAt(), lostAt));
  }

  private static String understatement(
      Settlement settlement, String what, @Nullable Duration bound) {
    return "%d transfers of the last %s were lost; the %s was %s"
        .formatted(
            settlement.lost(), settlement.lostWindow(), what, bound == null ? "unknown" : bound);
  }
}
