package io.farshore.failover.control;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.kernel.RegionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a region's guard last told the quorum of its database.
 *
 * @param region whose
 * @param fencedSince absent: not fenced
 * @param divergence what it has that the new primary has not, if known
 */
public record RegionCondition(
    RegionId region, @Nullable Instant fencedSince, @Nullable Divergence divergence) {}
