package io.farshore.gateway.routing;

import io.farshore.gateway.routing.RoutingDecision.Candidate;
import io.farshore.gateway.routing.RoutingDecision.Refused;
import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a request goes. Total and without side effects: the same arguments give the same
 * decision for ever.
 *
 * @param policy the operator's own rules
 */
public record RoutingDecider(RoutingPolicy policy) {
  /** Reads move only to a region that is nearer by more than this, so that they do not flutter. */
  public static final Duration SWITCH_GAIN_MIN = Duration.ofMillis(10);

  /** … and by more than this share of the present latency. */
  public static final double SWITCH_GAIN_SHARE_MIN = 0.20;

  private static final Duration UNMEASURED = Duration.ofDays(1);

  /**
   * @param route of the application; absent if no table has it
   * @param view the upstreams
   */
  public RoutingDecision decide(RequestFacts facts, @Nullable Route route, UpstreamView view) {
    if (route == null) {
      return new Refused(
          Rule.NO_ROUTE, "no routing table known here has this application", List.of());
    }
    return facts.write() ? decideWrite(route, view) : decideRead(route, view);
  }

  private RoutingDecision decideWrite(Route route, UpstreamView view) {
    RegionId writer = route.writer();
    if (writer == null) {
      return refuse(Rule.NO_WRITER, "nobody holds the write lease", route, view);
    }
    if (route.readOnly()) {
      return refuse(Rule.NO_WRITER, "writes are held back while a failover runs", route, view);
    }
    if (route.regions().get(writer) != RegionMode.SERVING) {
      return refuse(Rule.NO_WRITER, "the lease holder takes no new requests", route, view);
    }
    if (!policy.permits(writer)) {
      return refuse(
          Rule.RESIDENCY, "the lease holder lies outside the permitted regions", route, view);
    }
    if (!view.reachable(writer)) {
      return refuse(Rule.NO_WRITER, "the lease holder has no address here", route, view);
    }
    return routed(writer, Rule.WRITER, "it holds the write lease", List.of(), route, view);
  }

  private RoutingDecision decideRead(Route route, UpstreamView view) {
    List<RegionId> serving =
        route.regions().keySet().stream()
            .filter(region -> route.regions().get(region) == RegionMode.SERVING)
            .filter(view::reachable)
            .toList();
    List<RegionId> eligible = serving.stream().filter(policy::permits).toList();
    if (eligible.isEmpty()) {
      return serving.isEmpty()
          ? refuse(Rule.NO_SERVING_REGION, "no region takes new requests", route, view)
          : refuse(Rule.RESIDENCY, "no permitted region takes new requests", route, view);
    }
    List<RegionId> healthy =
        eligible.stream()
            .filter(region -> view.of(region).healthy())
            .sorted(nearestFirst(view))
            .toList();
    if (eligible.contains(policy.home())
        && view.of(policy.home()).state() == Upstream.State.UNKNOWN) {
      // For a moment after the start: a faster answer from afar must not draw reads away for good.
      return routed(policy.home(), Rule.UNCHECKED, "home, not checked yet", healthy, route, view);
    }
    return healthy.isEmpty()
        ? readWithoutHealthy(eligible, route, view)
        : readFromHealthy(healthy, route, view);
  }

  private RoutingDecision readFromHealthy(List<RegionId> healthy, Route route, UpstreamView view) {
    RegionId override = policy.readOverride();
    if (override != null && healthy.contains(override)) {
      return routed(override, Rule.OVERRIDE, "the operator sends reads here", healthy, route, view);
    }
    RegionId nearest = healthy.getFirst();
    RegionId current = view.current();
    if (current == null || current.equals(nearest) || !healthy.contains(current)) {
      return routed(
          nearest, Rule.NEAREST, "healthy, with the shortest round trip", healthy, route, view);
    }
    return worthSwitching(view.of(current).latency(), view.of(nearest).latency())
        ? routed(nearest, Rule.NEAREST, "healthy, and nearer by enough", healthy, route, view)
        : routed(
            current, Rule.CURRENT, "reads go here; none is nearer by enough", healthy, route, view);
  }

  private RoutingDecision readWithoutHealthy(
      List<RegionId> eligible, Route route, UpstreamView view) {
    Optional<RegionId> unchecked =
        eligible.stream()
            .filter(region -> view.of(region).state() == Upstream.State.UNKNOWN)
            .findFirst();
    if (unchecked.isPresent()) {
      return routed(unchecked.get(), Rule.UNCHECKED, "not checked yet", List.of(), route, view);
    }
    RegionId choice =
        eligible.stream()
            .min(
                Comparator.comparing((RegionId region) -> !region.equals(view.lastGood()))
                    .thenComparing(region -> !region.equals(route.writer()))
                    .thenComparing(region -> view.of(region).state())
                    .thenComparing(region -> !region.equals(policy.home())))
            .orElseThrow();
    return routed(
        choice, Rule.FAIL_OPEN, "no region is healthy; the best guess", List.of(), route, view);
  }

  private Comparator<RegionId> nearestFirst(UpstreamView view) {
    return Comparator.comparing(
            (RegionId region) -> Objects.requireNonNullElse(view.of(region).latency(), UNMEASURED))
        .thenComparing(region -> !region.equals(policy.home()))
        .thenComparing(Comparator.naturalOrder());
  }

  private static boolean worthSwitching(@Nullable Duration current, @Nullable Duration nearest) {
    if (current == null || nearest == null) {
      return nearest != null;
    }
    Duration gain = current.minus(nearest);
    return gain.compareTo(SWITCH_GAIN_MIN) > 0
        && gain.toNanos() > SWITCH_GAIN_SHARE_MIN * current.toNanos();
  }

  private Routed routed(
      RegionId region,
      Rule rule,
      String reason,
      List<RegionId> healthy,
      Route route,
      UpstreamView view) {
    List<RegionId> alternatives = healthy.stream().filter(other -> !other.equals(region)).toList();
    return new Routed(
        region, route.epoch(), rule, reason, alternatives, candidates(region, reason, route, view));
  }

  private Refused refuse(Rule rule, String reason, Route route, UpstreamView view) {
    return new Refused(rule, reason, candidates(null, reason, route, view));
  }

  private List<Candidate> candidates(
      @Nullable RegionId chosen, String reason, Route route, UpstreamView view) {
    return route.regions().entrySet().stream()
        .map(
            entry -> {
              RegionId region = entry.getKey();
              boolean taken = region.equals(chosen);
              return new Candidate(
                  region,
                  view.of(region),
                  taken,
                  taken ? reason : passedOver(region, entry.getValue(), chosen, view));
            })
        .toList();
  }

  private String passedOver(
      RegionId region, RegionMode mode, @Nullable RegionId chosen, UpstreamView view) {
    if (mode != RegionMode.SERVING) {
      return mode == RegionMode.DRAINING ? "draining" : "fenced";
    }
    if (!view.reachable(region)) {
      return "no address here";
    }
    if (!policy.permits(region)) {
      return "outside the permitted regions";
    }
    return switch (view.of(region).state()) {
      case DOWN -> "down";
      case SUSPECT -> "suspect: requests could not connect";
      case UNKNOWN -> "not checked yet";
      case HEALTHY -> chosen == null ? "may not take it" : "healthy, but another was preferred";
    };
  }
}
