package io.farshore.failover.control;

import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import java.util.List;

/**
 * What the gateways are to do.
 *
 * @param revision the log position at which it last changed; 0 before anything was declared
 * @param routes in the order of the applications' names
 */
public record PublishedRoutes(long revision, List<ApplicationRoute> routes) {
  static final PublishedRoutes NONE = new PublishedRoutes(0, List.of());

  public PublishedRoutes {
    routes = List.copyOf(routes);
  }
}
