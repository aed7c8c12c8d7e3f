package io.farshore.contracts.replication;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What would be lost if the writing region were lost now. {@code GET /v1/exposures}.
 *
 * @param application whose
 * @param region the region assumed lost
 * @param survivor the region that would go on
 * @param duration committed work, in time; absent if unknown
 * @param bytes committed work, in log bytes; absent if unknown
 * @param objective the application's recovery point objective, if told
 * @param withinObjective {@code True}, {@code False} or {@code Unknown}
 * @param observedAt when this was measured; the exposure has grown since
 */
public record Exposure(
    String application,
    String region,
    String survivor,
    @Nullable Duration duration,
    @Nullable Long bytes,
    @Nullable Duration objective,
    String withinObjective,
    Instant observedAt) {}
