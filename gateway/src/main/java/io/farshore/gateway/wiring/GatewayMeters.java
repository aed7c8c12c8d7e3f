package io.farshore.gateway.wiring;

import io.farshore.gateway.health.HealthBoard;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.gateway.table.TableKeeper;
import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

/** What is measured of routing, beside the data plane's own counts. */
final class GatewayMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final RoutingBoard routing;
  private final HealthBoard health;
  private final TableKeeper keeper;
  private final Clock clock;

  GatewayMeters(RoutingBoard routing, HealthBoard health, TableKeeper keeper, Clock clock) {
    this.routing = routing;
    this.health = health;
    this.keeper = keeper;
    this.clock = clock;
  }

  void register(MeterRegistry registry, Collection<RegionId> upstreams) {
    Gauge.builder("farshore.gateway.table.age", this::ageSeconds)
        .description("Time since the quorum issued the table routed by")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder(
            "farshore.gateway.table.revision",
            () -> keeper.held().map(held -> held.route().revision()).orElse(0L))
        .register(registry);
    Gauge.builder(
            "farshore.gateway.table.epoch",
            () -> keeper.held().map(held -> held.route().epoch().value()).orElse(0L))
        .register(registry);
    Gauge.builder("farshore.gateway.table.kept", () -> keeper.kept() ? 1 : 0)
        .description("Whether the newest table is on disk")
        .register(registry);
    FunctionCounter.builder("farshore.gateway.tables.refused", keeper, TableKeeper::refused)
        .description("Tables that were older, contradictory or not understood")
        .register(registry);
    upstreams.forEach(region -> upstream(registry, region));
  }

  private void upstream(MeterRegistry registry, RegionId region) {
    Gauge.builder(
            "farshore.gateway.upstream.healthy",
            () -> routing.plan().view().of(region).healthy() ? 1 : 0)
        .tag("upstream", region.value())
        .register(registry);
    Gauge.builder("farshore.gateway.upstream.latency", () -> latencySeconds(region))
        .description("Smoothed round trip of good checks")
        .baseUnit("seconds")
        .tag("upstream", region.value())
        .register(registry);
  }

  private double ageSeconds() {
    return keeper
        .held()
        .map(held -> Duration.between(held.table().issuedAt(), clock.instant()).toNanos())
        .map(nanos -> nanos / NANOS_PER_SECOND)
        .orElse(Double.NaN);
  }

  private double latencySeconds(RegionId region) {
    Duration latency = health.of(region).latency();
    return latency == null ? Double.NaN : latency.toNanos() / NANOS_PER_SECOND;
  }
}
