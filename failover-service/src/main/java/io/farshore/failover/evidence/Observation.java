package io.farshore.failover.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One observer's word on one endpoint.
 *
 * @param endpoint what was probed
 * @param health by the observer's threshold
 * @param failures failed probes in a row
 * @param lastSuccessAt by the observer's wall clock
 * @param detail the last failure in words
 */
public record Observation(
    Endpoint endpoint,
    Health health,
    int failures,
    @Nullable Instant lastSuccessAt,
    String detail) {}
