package io.farshore.failover.plan;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.ReplicationPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a region's guard last saw of its own database.
 *
 * @param region whose
 * @param application whose
 * @param role what it is now
 * @param position written (primary) or received and durable (replica); absent while unknown
 */
public record DatabaseReport(
    RegionId region,
    ApplicationId application,
    DatabaseRole role,
    @Nullable ReplicationPosition position) {}
