package io.farshore.gateway.rest;

import io.farshore.contracts.failover.RoutingTable.RegionRoute;
import io.farshore.contracts.gateway.RouteExplanation;
import io.farshore.contracts.gateway.RoutesView;
import io.farshore.gateway.health.UpstreamHealth;
import io.farshore.gateway.routing.RequestFacts;
import io.farshore.gateway.routing.Route;
import io.farshore.gateway.routing.RoutingBoard.Plan;
import io.farshore.gateway.routing.RoutingDecision;
import io.farshore.gateway.routing.RoutingDecision.Refused;
import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.gateway.table.TableKeeper.Held;
import io.farshore.gateway.wiring.Gateway;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the gateway knows, in the words of its contract. */
public final class RouteViews {
  private static final double NANOS_PER_MILLI = 1e6;

  private RouteViews() {}

  public static RoutesView routes(Gateway gateway) {
    Plan plan = gateway.routing().plan();
    Route route = plan.route();
    Optional<Held> held = gateway.table().held();
    return new RoutesView(
        gateway.region().value(),
        gateway.application().value(),
        route == null ? 0 : route.revision(),
        route == null ? 0 : route.epoch().value(),
        route == null || route.writer() == null ? null : route.writer().value(),
        mode(route),
        route == null
            ? List.of()
            : route.regions().entrySet().stream()
                .map(entry -> new RegionRoute(entry.getKey().value(), label(entry.getValue())))
                .toList(),
        held.map(Held::source).orElse(null),
        held.map(Held::adoptedAt).orElse(null),
        gateway.table().kept(),
        destination(plan.read()),
        destination(plan.write()),
        plan.view().upstreams().keySet().stream()
            .sorted()
            .map(region -> upstream(region, gateway.health().of(region)))
            .toList(),
        gateway.watches().stream()
            .map(watch -> new RoutesView.TableSource(watch.source(), label(watch.state())))
            .toList());
  }

  /** The decision itself, made readable; nothing is decided here. */
  public static RouteExplanation explain(Gateway gateway, String method, String path) {
    Plan plan = gateway.routing().plan();
    RequestFacts facts = RequestFacts.of(method);
    RoutingDecision decision = plan.decision(facts);
    Route route = plan.route();
    return new RouteExplanation(
        gateway.application().value(),
        method,
        path,
        facts.write(),
        route == null ? 0 : route.revision(),
        route == null ? 0 : route.epoch().value(),
        switch (decision) {
          case Routed _ -> "routed";
          case Refused _ -> "refused";
        },
        destination(decision),
        decision.rule().label(),
        decision.reason(),
        decision.candidates().stream()
            .map(
                candidate ->
                    new RouteExplanation.Candidate(
                        candidate.region().value(),
                        label(candidate.upstream().state()),
                        millis(candidate.upstream().latency()),
                        candidate.chosen(),
                        candidate.reason()))
            .toList());
  }

  private static @Nullable String destination(RoutingDecision decision) {
    return switch (decision) {
      case Routed routed -> routed.region().value();
      case Refused _ -> null;
    };
  }

  private static String mode(@Nullable Route route) {
    if (route == null) {
      return "none";
    }
    return route.readOnly() ? "read-only" : "open";
  }

  private static RoutesView.UpstreamHealth upstream(RegionId region, UpstreamHealth health) {
    return new RoutesView.UpstreamHealth(
        region.value(), label(health.state()), millis(health.latency()), health.detail());
  }

  private static @Nullable Double millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toNanos() / NANOS_PER_MILLI;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
