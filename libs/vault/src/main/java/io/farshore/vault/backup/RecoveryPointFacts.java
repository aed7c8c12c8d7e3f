package io.farshore.vault.backup;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the vault cannot see for itself when it seals a recovery point; the fields are those of the
 * manifest.
 */
public record RecoveryPointFacts(
    RecoveryPointId id,
    ApplicationId application,
    String component,
    SourceIdentity source,
    Instant takenAt,
    Timeline timeline,
    Lsn startLsn,
    Lsn stopLsn,
    @Nullable Lsn countsLsn,
    Map<String, Integer> minimumSettings,
    Map<String, Long> rowCounts) {}
