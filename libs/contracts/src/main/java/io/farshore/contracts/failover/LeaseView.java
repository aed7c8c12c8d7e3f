package io.farshore.contracts.failover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, as the answering member knows it.
 *
 * @param application whose
 * @param holder the region that may write; absent while nobody may
 * @param epoch rises with each change of holder
 * @param duration how long it lasts without renewal
 * @param renewedAt wall-clock time of the last renewal this member applied, for people
 * @param expired whether it has surely ended by this member's monotonic clock
 */
public record LeaseView(
    String application,
    @Nullable String holder,
    long epoch,
    Duration duration,
    Instant renewedAt,
    boolean expired) {}
