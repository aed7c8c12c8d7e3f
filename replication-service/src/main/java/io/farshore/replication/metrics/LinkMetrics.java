package io.farshore.replication.metrics;

import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.replication.lag.LinkReading;
import io.farshore.replication.store.SampleQueue;
import io.farshore.replication.watch.ApplicationWatch;
import io.farshore.replication.watch.Watches;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of all links. What is unknown is NaN; ages are counted until the moment of the scrape.
 * Used by several threads, one refresh at a time.
 */
@Singleton
public class LinkMetrics {
  private final Watches watches;
  private final MonotonicClock clock;
  private final MultiGauge lagBytes;
  private final MultiGauge lagSeconds;
  private final MultiGauge exposureBytes;
  private final MultiGauge exposureSeconds;
  private final MultiGauge connected;

  @Inject
  LinkMetrics(Watches watches, SampleQueue samples, MeterRegistry registry, MonotonicClock clock) {
    this.watches = watches;
    this.clock = clock;
    this.lagBytes =
        gauge(registry, "farshore.replication.lag", "bytes", "Log written and not yet visible");
    this.lagSeconds =
        gauge(
            registry,
            "farshore.replication.lag",
            "seconds",
            "Age of the newest change known to be visible");
    this.exposureBytes =
        gauge(registry, "farshore.exposure", "bytes", "Log lost if the writer were lost now");
    this.exposureSeconds =
        gauge(
            registry,
            "farshore.exposure",
            "seconds",
            "Upper bound of the time whose commits would be lost if the writer were lost now");
    this.connected =
        MultiGauge.builder("farshore.replication.link.connected")
            .description("1 connected, 0 not connected, NaN unknown")
            .register(registry);
    FunctionCounter.builder("farshore.replication.samples.dropped", samples, SampleQueue::dropped)
        .description("Samples that found no room while the database was away")
        .register(registry);
    for (ApplicationWatch watch : watches.all()) {
      Tags application = Tags.of("application", watch.application().value());
      Gauge.builder("farshore.replication.database.answers", watch, w -> w.answered() ? 1 : 0)
          .description("Whether the region's copy answered the last look")
          .tags(application)
          .register(registry);
      FunctionCounter.builder(
              "farshore.replication.events.lost", watch, ApplicationWatch::eventsLost)
          .description("Events that could not be stored for delivery")
          .tags(application)
          .register(registry);
    }
  }

  /** Takes over the links as the newest looks showed them. */
  public synchronized void refresh() {
    List<LinkReading> readings =
        watches.all().stream().flatMap(watch -> watch.readings().stream()).toList();
    register(lagBytes, readings, (reading, now) -> number(reading.lagBytes()));
    register(lagSeconds, readings, (reading, now) -> seconds(reading.lag(now)));
    register(exposureBytes, readings, (reading, now) -> number(reading.exposedBytes()));
    register(exposureSeconds, readings, (reading, now) -> seconds(reading.exposure(now)));
    register(connected, readings, (reading, now) -> connected(reading));
  }

  private void register(
      MultiGauge gauge,
      List<LinkReading> readings,
      BiFunction<LinkReading, MonotonicInstant, Double> value) {
    gauge.register(
        readings.stream()
            .<MultiGauge.Row<?>>map(
                reading ->
                    MultiGauge.Row.of(tags(reading), () -> value.apply(reading, clock.now())))
            .toList(),
        true);
  }

  private static MultiGauge gauge(
      MeterRegistry registry, String name, String unit, String description) {
    return MultiGauge.builder(name + "." + unit).description(description).register(registry);
  }

  private static Tags tags(LinkReading reading) {
    return Tags.of(
        "application", reading.link().application().value(),
        "from", reading.link().from().value(),
        "to", reading.link().to().value());
  }

  private static double connected(LinkReading reading) {
    return switch (reading.state()) {
      case STREAMING, IDLE -> 1;
      case DISCONNECTED -> 0;
      case UNKNOWN -> Double.NaN;
    };
  }

  private static double number(@Nullable Long value) {
    return value == null ? Double.NaN : value;
  }

  private static double seconds(@Nullable Duration value) {
    return value == null ? Double.NaN : value.toNanos() / 1e9;
  }
}
