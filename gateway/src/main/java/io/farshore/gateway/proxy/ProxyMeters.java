package io.farshore.gateway.proxy;

import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The data plane's own measurements. Thread-safe. */
final class ProxyMeters {
  private final MeterRegistry registry;
  private final Map<RegionId, RegionMeters> regions = new ConcurrentHashMap<>();
  private final Map<String, Counter> problems = new ConcurrentHashMap<>();
  private final AtomicInteger clients = new AtomicInteger();

  ProxyMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("farshore.gateway.clients", clients, AtomicInteger::get)
        .description("Open connections of clients")
        .register(registry);
  }

  RegionMeters of(RegionId region) {
    return regions.computeIfAbsent(region, name -> new RegionMeters(registry, name));
  }

  /** The gateway answered by itself. */
  void problem(String code) {
    problems
        .computeIfAbsent(
            code,
            name ->
                Counter.builder("farshore.gateway.problems")
                    .description("Requests the gateway answered by itself, by code")
                    .tag("code", name)
                    .register(registry))
        .increment();
  }

  void clientCame() {
    clients.incrementAndGet();
  }

  void clientLeft() {
    clients.decrementAndGet();
  }
}
