package io.farshore.gateway.routing;

import io.farshore.kernel.RegionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams as this gateway sees them, and where it sends reads now.
 *
 * @param upstreams every region this gateway has an address for
 * @param current where reads go now; absent before the first decision
 * @param lastGood the last region reads went to while it was healthy
 */
public record UpstreamView(
    Map<RegionId, Upstream> upstreams, @Nullable RegionId current, @Nullable RegionId lastGood) {
  public UpstreamView {
    upstreams = Map.copyOf(upstreams);
  }

  /** The state of a region's upstream; unknown if this gateway has no address for it. */
  public Upstream of(RegionId region) {
    return upstreams.getOrDefault(region, Upstream.UNKNOWN);
  }

  public boolean reachable(RegionId region) {
    return upstreams.containsKey(region);
  }
}
