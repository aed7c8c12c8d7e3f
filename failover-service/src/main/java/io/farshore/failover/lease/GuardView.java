package io.farshore.failover.lease;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.quorum.lease.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything a guard's decision rests on, at one moment.
 *
 * @param region the guard's
 * @param record what the quorum knows of the application
 * @param lease as last agreed on, as far as this member has heard
 * @param leaseEnded whether that lease has surely ended, by this member's timer
 * @param held this region's right to write, valid or not; absent: none
 * @param abandoned whether this region began to give this epoch up
 * @param reading the database's last answer; absent while it does not answer
 * @param unansweredReadings readings that failed in a row
 * @param replicaHeard whether another region lately said that its database is a replica
 * @param primaryHeard whether another region lately said that its database takes writes
 * @param yielding whether the lease is being given up for an execution
 * @param now by this member's monotonic clock
 * @param sinceEpochSeen how long this guard has known of the lease's present epoch
 * @param fenceMargin how long before the end of its lease the guard fences
 */
public record GuardView(
    RegionId region,
    ApplicationRecord record,
    Lease lease,
    boolean leaseEnded,
    @Nullable HeldLease held,
    boolean abandoned,
    @Nullable DatabaseReading reading,
    int unansweredReadings,
    boolean replicaHeard,
    boolean primaryHeard,
    boolean yielding,
    MonotonicInstant now,
    Duration sinceEpochSeen,
    Duration fenceMargin) {
  /** Whether the lease is valid for longer than the margin. */
  boolean holdsSafely() {
    return held != null && held.remaining(now).compareTo(fenceMargin) > 0;
  }

  /** Whether the quorum says that the lease is this region's. */
  boolean isOurs() {
    return region.equals(lease.holder());
  }
}
