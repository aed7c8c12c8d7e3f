package io.farshore.replication.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reading as it is stored.
 *
 * @param observedAt by our wall clock
 */
record Sample(
    Instant observedAt,
    String application,
    String from,
    String to,
    String state,
    @Nullable Long lagBytes,
    @Nullable Duration lag,
    @Nullable Long exposedBytes,
    @Nullable Duration exposure) {}
