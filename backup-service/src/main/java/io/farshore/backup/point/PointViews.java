package io.farshore.backup.point;

import io.farshore.backup.vault.CopyPlaces;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.repository.CopyFinding;
import io.farshore.vault.repository.LoadedRecoveryPoint;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recovery points as others see them. */
public final class PointViews {
  private final CopyPlaces places;

  public PointViews(CopyPlaces places) {
    this.places = places;
  }

  public RecoveryPoint view(LoadedRecoveryPoint point) {
    RecoveryPointSummary summary = point.manifest().summary();
    @Nullable Lsn countsLsn = summary.countsLsn();
    return new RecoveryPoint(
        summary.id().value(),
        summary.application().value(),
        summary.component(),
        summary.timeline().id(),
        summary.startLsn().toString(),
        summary.stopLsn().toString(),
        countsLsn == null ? null : countsLsn.toString(),
        summary.takenAt(),
        summary.sourceBytes(),
        summary.storedBytes(),
        point.manifestDigest(),
        new TreeMap<>(point.manifest().contents().rowCounts()),
        copies(point.findings()));
  }

  private List<RecoveryPoint.Copy> copies(List<CopyFinding> findings) {
    return findings.stream()
        .map(
            finding -> {
              CopyPlaces.Place place = places.of(finding.copy());
              return new RecoveryPoint.Copy(
                  finding.copy(), place.region(), place.medium(), word(finding.state()));
            })
        .toList();
  }

  private static String word(CopyFinding.State state) {
    return switch (state) {
      case PRESENT -> "present";
      case DAMAGED -> "damaged";
      case MISSING -> "missing";
      case UNKNOWN -> "unknown";
    };
  }
}
