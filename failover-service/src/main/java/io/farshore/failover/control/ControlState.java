package io.farshore.failover.control;

import io.farshore.kernel.ApplicationId;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything the quorum has agreed on. An immutable value, equal on every member at an equal log
 * position.
 *
 * @param index the last command applied
 * @param applications by name
 * @param leases who may write
 * @param routes what the gateways are to do, and the log position at which that last changed
 * @param events the newest events, so that a member that took in a snapshot can still tell them
 */
public record ControlState(
    long index,
    SortedMap<ApplicationId, ApplicationRecord> applications,
    LeaseTable leases,
    PublishedRoutes routes,
    List<DomainEvent> events) {
  public static final ControlState EMPTY =
      new ControlState(
          0, Collections.emptySortedMap(), LeaseTable.EMPTY, PublishedRoutes.NONE, List.of());

  /** Hours of ordinary life; also keeps a snapshot small. */
  static final int EVENTS_MAX = 1_000;

  public ControlState {
    applications = Collections.unmodifiableSortedMap(new TreeMap<>(applications));
    events = List.copyOf(events);
  }

  public Optional<ApplicationRecord> application(ApplicationId id) {
    return Optional.ofNullable(applications.get(id));
  }

  public Lease lease(ApplicationId id) {
    return leases.lease(id);
  }

  ControlState with(ApplicationRecord record) {
    SortedMap<ApplicationId, ApplicationRecord> all = new TreeMap<>(applications);
    all.put(record.spec().id(), record);
    return new ControlState(index, all, leases, routes, events);
  }

  ControlState with(LeaseTable table) {
    return new ControlState(index, applications, table, routes, events);
  }

  ControlState with(PublishedRoutes published) {
    return new ControlState(index, applications, leases, published, events);
  }

  ControlState with(DomainEvent event) {
    List<DomainEvent> all = new ArrayList<>(events);
    all.add(event);
    return new ControlState(
        index,
        applications,
        leases,
        routes,
        all.subList(Math.max(0, all.size() - EVENTS_MAX), all.size()));
  }

  ControlState at(long applied) {
    return new ControlState(applied, applications, leases, routes, events);
  }
}
