package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import io.farshore.contracts.failover.RoutingTable.RegionRoute;
import io.farshore.gateway.routing.RegionMode;
import io.farshore.gateway.routing.Route;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one application's route out of a table, and refuses what it does not understand. */
public final class RouteReader {
  private RouteReader() {}

  /**
   * @return absent if the table does not have the application
   * @throws IllegalArgumentException if the application's part of the table breaks a rule: it would
   *     be a guess to route by it
   */
  public static Optional<Route> read(RoutingTable table, ApplicationId application) {
    return table.applications().stream()
        .filter(route -> route.application().equals(application.value()))
        .findFirst()
        .map(route -> read(table.revision(), application, route));
  }

  private static Route read(long revision, ApplicationId application, ApplicationRoute route) {
    Map<RegionId, RegionMode> regions = new LinkedHashMap<>();
    for (RegionRoute region : route.regions()) {
      if (regions.put(new RegionId(region.region()), mode(region.state())) != null) {
        throw new IllegalArgumentException("a region is in the route twice");
      }
    }
    RegionId writer = route.writer() == null ? null : new RegionId(route.writer());
    if (writer != null && !regions.containsKey(writer)) {
      throw new IllegalArgumentException("the writer is not one of the route's regions");
    }
    return new Route(
        application,
        route.component(),
        revision,
        new Epoch(route.epoch()),
        writer,
        readOnly(route.mode()),
        regions);
  }

  private static RegionMode mode(String state) {
    return switch (state) {
      case "serving" -> RegionMode.SERVING;
      case "draining" -> RegionMode.DRAINING;
      case "fenced" -> RegionMode.FENCED;
      default -> throw new IllegalArgumentException("unknown region state");
    };
  }

  private static boolean readOnly(String mode) {
    return switch (mode) {
      case "open" -> false;
      case "read-only" -> true;
      default -> throw new IllegalArgumentException("unknown route mode");
    };
  }
}
