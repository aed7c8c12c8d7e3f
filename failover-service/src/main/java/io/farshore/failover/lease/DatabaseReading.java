package io.farshore.failover.lease;

import io.farshore.failover.plan.DatabaseRole;
import io.farshore.kernel.ReplicationPosition;

/**
 * What the region's database said of itself.
 *
 * @param role never {@link DatabaseRole#UNKNOWN}
 * @param position written (primary, fenced) or received and durable (replica)
 */
public record DatabaseReading(DatabaseRole role, ReplicationPosition position) {
  /** Whether it would take writes, fenced or not. */
  public boolean isPrimary() {
    return role == DatabaseRole.PRIMARY || role == DatabaseRole.FENCED;
  }
}
