package io.farshore.failover.control;

import io.farshore.kernel.ApplicationId;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseTable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The form of a snapshot.
 *
 * @param format rises when an older reader could not understand it
 */
record StoredState(
    int format,
    long index,
    List<ApplicationRecord> applications,
    List<Lease> leases,
    PublishedRoutes routes,
    List<DomainEvent> events) {
  static final int FORMAT = 1;

  static StoredState of(ControlState state) {
    return new StoredState(
        FORMAT,
        state.index(),
        List.copyOf(state.applications().values()),
        List.copyOf(state.leases().leases()),
        state.routes(),
        state.events());
  }

  ControlState toState() {
    if (format != FORMAT) {
      throw new IllegalArgumentException("a snapshot of a format this version does not know");
    }
    SortedMap<ApplicationId, ApplicationRecord> records = new TreeMap<>();
    applications.forEach(record -> records.put(record.spec().id(), record));
    return new ControlState(index, records, LeaseTable.of(leases), routes, events);
  }
}
