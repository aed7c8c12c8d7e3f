package io.farshore.failover.plan;

import io.farshore.kernel.ReplicationPosition;
import java.time.Instant;

/**
 * Where a primary was, as it said when it renewed its lease.
 *
 * @param position written so far
 * @param at by the primary's region's wall clock, read before the position was
 */
public record PositionSample(ReplicationPosition position, Instant at) {}
