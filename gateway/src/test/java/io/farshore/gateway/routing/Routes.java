package io.farshore.gateway.routing;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes and views for tests. */
public final class Routes {
  public static final RegionId EAST = new RegionId("us-east");
  public static final RegionId WEST = new RegionId("eu-west");
  public static final RegionId SOUTH = new RegionId("ap-south");

  private Routes() {}

  public static RoutingDecider decider() {
    return new RoutingDecider(new RoutingPolicy(EAST, Set.of(), null));
  }

  public static Route route(long epoch, long revision, @Nullable RegionId writer) {
    return route(
        epoch, revision, writer, Map.of(EAST, RegionMode.SERVING, WEST, RegionMode.SERVING));
  }

  public static Route route(
      long epoch, long revision, @Nullable RegionId writer, Map<RegionId, RegionMode> regions) {
    return new Route(
        new ApplicationId("ledger"), "http", revision, new Epoch(epoch), writer, false, regions);
  }

  public static Upstream healthy(long millis) {
    return new Upstream(Upstream.State.HEALTHY, Duration.ofMillis(millis));
  }

  public static Upstream down() {
    return new Upstream(Upstream.State.DOWN, null);
  }

  public static UpstreamView view(Upstream east, Upstream west) {
    return view(east, west, null);
  }

  public static UpstreamView view(Upstream east, Upstream west, @Nullable RegionId current) {
    Map<RegionId, Upstream> upstreams = new LinkedHashMap<>();
    upstreams.put(EAST, east);
    upstreams.put(WEST, west);
    return new UpstreamView(upstreams, current, current);
  }
}
