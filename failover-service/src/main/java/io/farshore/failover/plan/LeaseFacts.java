package io.farshore.failover.plan;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The write lease as the deciding member knows it.
 *
 * @param holder who may write; absent when the lease was released or has ended
 * @param lastWriter whose history is the one to follow; absent before the first grant
 * @param epoch of the last grant
 * @param surelyEnded whether the last grant has surely ended, by this member's monotonic clock, or
 *     was given up
 * @param givenUp whether its holder gave it up by itself
 * @param stoppedAtKnownPosition whether it said, when it gave it up, where its log ended
 * @param sinceRenewal since this member applied the last renewal, by its monotonic clock
 * @param writableUntil when the last holder's right ends or ended, by that holder's wall clock;
 *     absent before the first grant
 * @param history where the last writer was
 */
public record LeaseFacts(
    @Nullable RegionId holder,
    @Nullable RegionId lastWriter,
    Epoch epoch,
    boolean surelyEnded,
    boolean givenUp,
    boolean stoppedAtKnownPosition,
    Duration sinceRenewal,
    @Nullable Instant writableUntil,
    PositionHistory history) {}
