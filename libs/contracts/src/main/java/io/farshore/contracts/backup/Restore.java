package io.farshore.contracts.backup;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One restore. {@code GET /v1/restores/{id}}.
 *
 * @param id time-ordered UUID
 * @param recoveryPoint which
 * @param copy the copy it was read from
 * @param directory where to
 * @param state {@code running}, {@code completed} or {@code failed}
 * @param restoredBytes so far
 * @param startedAt when
 * @param finishedAt when
 * @param elapsed so far
 * @param error why it failed
 */
public record Restore(
    String id,
    String recoveryPoint,
    @Nullable String copy,
    String directory,
    String state,
    long restoredBytes,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Duration elapsed,
    @Nullable String error) {}
