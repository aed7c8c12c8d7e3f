package io.farshore.contracts.backup;

import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/restores}.
 *
 * @param recoveryPoint which
 * @param copy from which copy; absent: the nearest good one
 * @param directory where to; must be absent or empty, and inside the configured restore root
 * @param targetLsn stop replay here; absent: as far as the recovery point's log goes
 */
public record RestoreRequest(
    String recoveryPoint, @Nullable String copy, String directory, @Nullable String targetLsn) {}
