package io.farshore.gateway.routing;

import io.farshore.kernel.RegionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway's operator has ruled, beside the table.
 *
 * @param home the gateway's own region; preferred while nothing is measured
 * @param residency the only regions this gateway's requests may enter; empty: any
 * @param readOverride where reads go while it is healthy, however far; absent: the nearest
 */
public record RoutingPolicy(
    RegionId home, Set<RegionId> residency, @Nullable RegionId readOverride) {
  public RoutingPolicy {
    residency = Set.copyOf(residency);
  }

  public boolean permits(RegionId region) {
    return residency.isEmpty() || residency.contains(region);
  }
}
