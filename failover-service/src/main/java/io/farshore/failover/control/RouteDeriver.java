package io.farshore.failover.control;

import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import io.farshore.contracts.failover.RoutingTable.RegionRoute;
import io.farshore.failover.application.Component;
import io.farshore.failover.application.ComponentKind;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.StepState;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives what the gateways are to do from what was agreed on. Pure. */
final class RouteDeriver {
  private RouteDeriver() {}

  /** The routes of a state; its revision rises only if they differ from those published before. */
  static PublishedRoutes derive(ControlState state, long index) {
    List<ApplicationRoute> routes =
        state.applications().values().stream()
            .map(record -> route(record, state.lease(record.spec().id())))
            .toList();
    return routes.equals(state.routes().routes())
        ? state.routes()
        : new PublishedRoutes(index, routes);
  }

  private static ApplicationRoute route(ApplicationRecord record, Lease lease) {
    RegionId writer = writer(record, lease);
    return new ApplicationRoute(
        record.spec().id().value(),
        record.spec().component(ComponentKind.HTTP).map(Component::name).orElse(""),
        lease.epoch().value(),
        writer == null ? null : writer.value(),
        writer == null ? "read-only" : "open",
        record.spec().regions().stream()
            .map(region -> new RegionRoute(region.value(), state(record, region)))
            .toList());
  }

  /**
   * The region that may be sent writes: the lease's holder, once the quorum knows its primary, and
   * while no execution keeps writes away.
   */
  private static @Nullable RegionId writer(ApplicationRecord record, Lease lease) {
    RegionId holder = lease.holder();
    boolean kept = record.underWay().filter(RouteDeriver::keepsWritesAway).isPresent();
    return kept || holder == null || !holder.equals(record.writer().region()) ? null : holder;
  }

  private static boolean keepsWritesAway(ExecutionRecord execution) {
    return execution.step(StepName.FENCE).state() != StepState.PENDING
        && execution.step(StepName.SHIFT).state() != StepState.COMPLETED;
  }

  private static String state(ApplicationRecord record, RegionId region) {
    return record.region(region).filter(one -> one.fencedSince() != null).isPresent()
        ? "fenced"
        : "serving";
  }
}
