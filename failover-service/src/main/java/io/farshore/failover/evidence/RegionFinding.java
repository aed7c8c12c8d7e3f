package io.farshore.failover.evidence;

import io.farshore.kernel.RegionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one region, for one application.
 *
 * @param region which
 * @param verdict in one word
 * @param reason in one sentence
 * @param controlDown whether a majority, one of them outside, cannot reach the region's guard
 * @param databaseDown whether a majority, one of them outside, cannot reach its database
 * @param lastGoodSign when any observer last reached its guard or database; absent if never
 */
public record RegionFinding(
    RegionId region,
    RegionVerdict verdict,
    String reason,
    boolean controlDown,
    boolean databaseDown,
    @Nullable Instant lastGoodSign) {}
