package io.farshore.gateway.health;

import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.gateway.routing.Upstream;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The health of every upstream, and its way into routing. Thread-safe. */
public final class HealthBoard {
  private final Map<RegionId, UpstreamHealth> upstreams = new ConcurrentHashMap<>();
  private final RoutingBoard routing;
  private final HealthListener listener;

  public HealthBoard(RoutingBoard routing, HealthListener listener) {
    this.routing = routing;
    this.listener = listener;
  }

  public UpstreamHealth of(RegionId region) {
    return upstreams.getOrDefault(region, UpstreamHealth.UNKNOWN);
  }

  public void onCheckPassed(RegionId region, Duration roundTrip) {
    change(region, health -> health.onCheckPassed(roundTrip));
  }

  public void onCheckFailed(RegionId region, String why) {
    change(region, health -> health.onCheckFailed(why));
  }

  public void onConnectFailed(RegionId region, String why) {
    change(region, health -> health.onConnectFailed(why));
  }

  public void onConnected(RegionId region) {
    if (of(region).connectFailures() > 0) {
      change(region, UpstreamHealth::onConnected);
    }
  }

  // One writer at a time, so that routing sees the states in the order they came to be.
  private synchronized void change(RegionId region, UnaryOperator<UpstreamHealth> step) {
    UpstreamHealth before = of(region);
    UpstreamHealth after = step.apply(before);
    upstreams.put(region, after);
    if (!after.view().equals(before.view())) {
      routing.update(region, after.view());
    }
    if (after.state() != before.state()) {
      listener.onHealthChanged(region, before.state(), after);
    }
  }

  /** Is told when an upstream's state changes. Called from any thread; must be quick. */
  @FunctionalInterface
  public interface HealthListener {
    void onHealthChanged(RegionId region, Upstream.State before, UpstreamHealth after);
  }
}
