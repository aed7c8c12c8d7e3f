package io.farshore.gateway.routing;

import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.kernel.RegionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one mutable cell of routing: the route and the upstreams known now, and the decisions that
 * follow from them. A decision depends on nothing else, so it is made when something changes and
 * not for each request. Thread-safe; {@link #plan()} is one volatile read.
 */
public final class RoutingBoard {
  private final RoutingDecider decider;
  private volatile Plan plan;

  /**
   * @param reachable the regions this gateway has an address for
   */
  public RoutingBoard(RoutingDecider decider, Collection<RegionId> reachable) {
    this.decider = decider;
    Map<RegionId, Upstream> upstreams = new HashMap<>();
    reachable.forEach(region -> upstreams.put(region, Upstream.UNKNOWN));
    this.plan = decide(0, null, new UpstreamView(upstreams, null, null));
  }

  /** What is decided now. */
  public Plan plan() {
    return plan;
  }

  /** Takes {@code route} unless what is known is as new; answers whether it was taken. */
  public synchronized boolean adopt(Route route) {
    Route known = plan.route();
    if (known != null && !route.supersedes(known)) {
      return false;
    }
    plan = decide(plan.number() + 1, route, plan.view());
    return true;
  }

  /** Takes a new state of one region's upstream. */
  public synchronized void update(RegionId region, Upstream upstream) {
    UpstreamView view = plan.view();
    Map<RegionId, Upstream> upstreams = new HashMap<>(view.upstreams());
    upstreams.put(region, upstream);
    plan =
        decide(
            plan.number() + 1,
            plan.route(),
            new UpstreamView(upstreams, view.current(), view.lastGood()));
  }

  private Plan decide(long number, @Nullable Route route, UpstreamView view) {
    RoutingDecision read = decider.decide(RequestFacts.READ, route, view);
    RoutingDecision write = decider.decide(RequestFacts.WRITE, route, view);
    UpstreamView next = view;
    if (read instanceof Routed(RegionId region, _, _, _, _, _)) {
      RegionId lastGood = view.of(region).healthy() ? region : view.lastGood();
      next = new UpstreamView(view.upstreams(), region, lastGood);
    }
    return new Plan(number, route, next, read, write);
  }

  /**
   * What is known, and what follows from it.
   *
   * @param number rises by one with each change
   * @param route absent before any table was known
   * @param view the upstreams, with the place reads go to now
   * @param read the decision for every read
   * @param write the decision for every write
   */
  public record Plan(
      long number,
      @Nullable Route route,
      UpstreamView view,
      RoutingDecision read,
      RoutingDecision write) {
    public RoutingDecision decision(RequestFacts facts) {
      return facts.write() ? write : read;
    }
  }
}
