package io.farshore.vault.manifest;

import static java.util.Objects.requireNonNull;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be read of a recovery point without the repository key.
 *
 * @param format version of the manifest's form, {@link ManifestCodec#FORMAT}
 * @param id its name
 * @param application whose data
 * @param component which of its databases
 * @param source which server was read
 * @param takenAt when the last position was current, by the writer's clock
 * @param timeline of the source
 * @param startLsn where replay begins
 * @param stopLsn from here on the data is consistent
 * @param countsLsn where the row counts were taken, and where replay ends; absent if none were
 * @param sourceBytes read from the source
 * @param storedBytes new in the repository, for the copy that needed most
 */
public record RecoveryPointSummary(
    int format,
    RecoveryPointId id,
    ApplicationId application,
    String component,
    SourceIdentity source,
    Instant takenAt,
    Timeline timeline,
    Lsn startLsn,
    Lsn stopLsn,
    @Nullable Lsn countsLsn,
    long sourceBytes,
    long storedBytes) {
  public RecoveryPointSummary {
    requireNonNull(id);
    requireNonNull(application);
    requireNonNull(component);
    requireNonNull(source);
    requireNonNull(takenAt);
    requireNonNull(timeline);
    requireNonNull(startLsn);
    requireNonNull(stopLsn);
  }
}
