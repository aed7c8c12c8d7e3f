package io.farshore.replication.wiring;

import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.replication.metrics.LinkMetrics;
import io.farshore.replication.peer.Catalogue;
import io.farshore.replication.peer.WriterViews;
import io.farshore.replication.store.SampleWriter;
import io.farshore.replication.watch.ApplicationWatch;
import io.farshore.replication.watch.Watches;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Runs everything that repeats, each in a thread of its own, so that no one waits for another. */
@Singleton
@Liveness
class Watching implements HealthCheck {
  /** Short: after a move the region left must know before it calls its silent links lost. */
  private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(1);

  private static final Duration STORE_INTERVAL = Duration.ofSeconds(5);

  private final Watches watches;
  private final SampleWriter samples;
  private final Catalogue catalogue;
  private final WriterViews writers;
  private final AddressBook addresses;
  private final LinkMetrics metrics;
  private final RegionId here;
  private final Duration interval;
  private final List<Repeating> running = new CopyOnWriteArrayList<>();

  @Inject
  Watching(
      Watches watches,
      SampleWriter samples,
      Catalogue catalogue,
      WriterViews writers,
      AddressBook addresses,
      LinkMetrics metrics,
      RegionSettings region,
      ReplicationSettings settings) {
    this.watches = watches;
    this.samples = samples;
    this.catalogue = catalogue;
    this.writers = writers;
    this.addresses = addresses;
    this.metrics = metrics;
    this.here = region.region();
    this.interval = settings.interval();
  }

  void start(@Observes StartupEvent event) {
    for (ApplicationWatch watch : watches.all()) {
      running.add(Repeating.start("watch-" + watch.application(), interval, () -> look(watch)));
    }
    for (RegionId region : addresses.regions()) {
      addresses
          .find(region, "replication-service")
          .filter(address -> !region.equals(here))
          .map(address -> address.resolve("/v1/exposures"))
          .ifPresent(
              uri ->
                  running.add(
                      Repeating.start("ask-" + region, interval, () -> writers.ask(region, uri))));
    }
    running.add(Repeating.start("catalogue", CATALOGUE_INTERVAL, this::askCatalogue));
    running.add(Repeating.start("samples", STORE_INTERVAL, samples::tick));
  }

  /** Down if anything that repeats has ended: only a restart brings it back. */
  @Override
  public HealthCheckResponse call() {
    List<String> ended =
        running.stream().filter(thread -> !thread.isAlive()).map(Repeating::name).toList();
    return HealthCheckResponse.named("watching")
        .status(ended.isEmpty())
        .withData("ended", String.join(",", ended))
        .build();
  }

  void stop(@Observes ShutdownEvent event) {
    running.forEach(Repeating::close);
    watches.all().forEach(ApplicationWatch::close);
  }

  private void look(ApplicationWatch watch) {
    watch.tick();
    metrics.refresh();
  }

  private void askCatalogue() {
    addresses
        .find(here, "failover-service")
        .ifPresent(
            address ->
                watches
                    .all()
                    .forEach(
                        watch ->
                            catalogue.ask(
                                watch.application(),
                                address.resolve("/v1/applications/" + watch.application()))));
  }
}
