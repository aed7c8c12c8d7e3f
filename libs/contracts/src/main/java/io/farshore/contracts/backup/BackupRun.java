package io.farshore.contracts.backup;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act of backing up. {@code POST /v1/backup-runs}, then {@code GET /v1/backup-runs/{id}}.
 *
 * @param id time-ordered UUID
 * @param application whose
 * @param component the database component
 * @param state {@code running}, {@code completed} or {@code failed}
 * @param recoveryPoint what it made, once completed
 * @param sourceBytes read from the source so far
 * @param startedAt when
 * @param finishedAt when
 * @param elapsed so far
 * @param error why it failed
 */
public record BackupRun(
    String id,
    String application,
    String component,
    String state,
    @Nullable String recoveryPoint,
    long sourceBytes,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Duration elapsed,
    @Nullable String error) {}
