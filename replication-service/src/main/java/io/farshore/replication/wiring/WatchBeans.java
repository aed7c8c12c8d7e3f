package io.farshore.replication.wiring;

import io.farshore.client.ServiceClient;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.RegionId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.Timeouts;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.replication.lag.LagThresholds;
import io.farshore.replication.lag.LinkBook;
import io.farshore.replication.lag.LinkEvent;
import io.farshore.replication.peer.Catalogue;
import io.farshore.replication.peer.WriterViews;
import io.farshore.replication.store.SampleQueue;
import io.farshore.replication.store.SampleWriter;
import io.farshore.replication.watch.ApplicationWatch;
import io.farshore.replication.watch.LinkEvents;
import io.farshore.replication.watch.Watches;
import io.farshore.replication.watch.drivers.PostgresWatchedDatabase;
import io.farshore.replication.wiring.ApplicationDatabases.ApplicationDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Puts the service together. */
@Dependent
class WatchBeans {
  /** A look must not last longer than a few intervals. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(3));

  @Produces
  @Singleton
  Catalogue catalogue(ServiceClient client, RegionSettings region) {
    return new Catalogue(client, region.region());
  }

  @Produces
  @Singleton
  WriterViews writerViews(ServiceClient client, RegionSettings region, MonotonicClock clock) {
    return new WriterViews(client, region.region(), clock);
  }

  @Produces
  @Singleton
  SampleQueue sampleQueue() {
    return new SampleQueue();
  }

  @Produces
  @Singleton
  SampleWriter sampleWriter(
      SampleQueue queue,
      DataSource database,
      Flyway schema,
      ReplicationSettings settings,
      Clock clock) {
    return new SampleWriter(queue, database, schema, settings.sampleRetention(), clock);
  }

  @Produces
  @Singleton
  LinkEvents linkEvents(EventSink sink) {
    return event -> sink.publish(type(event), event.link().subject(), EventData.of(event));
  }

  @Produces
  @Singleton
  Watches watches(
      ApplicationDatabases databases,
      ReplicationSettings settings,
      RegionSettings region,
      AddressBook addresses,
      Catalogue catalogue,
      WriterViews writers,
      LinkEvents events,
      SampleQueue samples,
      MonotonicClock monotonic,
      Clock wall) {
    RegionId here = region.region();
    LagThresholds thresholds =
        new LagThresholds(settings.lagWarn(), settings.lagCritical(), settings.samples());
    return new Watches(
        databases.applicationDatabase().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry -> {
                  ApplicationId application = new ApplicationId(entry.getKey());
                  return new ApplicationWatch(
                      application,
                      new PostgresWatchedDatabase(
                          endpoint(entry.getValue()),
                          here,
                          () -> catalogue.epoch(application),
                          () -> catalogue.writesElsewhere(application),
                          writer -> writers.exposedBytes(application, writer),
                          monotonic,
                          wall),
                      new LinkBook(
                          application,
                          here,
                          others(application, here, addresses),
                          settings.clockUncertainty()),
                      thresholds,
                      events,
                      samples,
                      monotonic);
                })
            .toList());
  }

  private static PostgresEndpoint endpoint(ApplicationDatabase database) {
    return PostgresEndpoint.ofJdbcUrl(database.jdbcUrl(), database.username(), database.password())
        .withApplicationName("farshore_monitor")
        .withTimeouts(TIMEOUTS);
  }

  /** Regions where the address book knows a copy of the application's database. */
  private static Set<RegionId> others(
      ApplicationId application, RegionId here, AddressBook addresses) {
    return addresses.regions().stream()
        .filter(region -> !region.equals(here))
        .filter(region -> addresses.find(region, application + "-database").isPresent())
        .collect(Collectors.toSet());
  }

  private static String type(LinkEvent event) {
    return switch (event) {
      case LinkEvent.LagBreached breached -> EventTypes.LAG_BREACHED;
      case LinkEvent.LagRecovered recovered -> EventTypes.LAG_RECOVERED;
      case LinkEvent.LinkLost lost -> EventTypes.LINK_LOST;
      case LinkEvent.LinkRestored restored -> EventTypes.LINK_RESTORED;
    };
  }
}
