package io.farshore.backup;

import io.farshore.backup.event.messaging.OutboxTeller;
import io.farshore.backup.journal.Settlement;
import io.farshore.backup.observe.ObservedEnds;
import io.farshore.backup.observe.ObservedSettlement;
import io.farshore.backup.point.PointViews;
import io.farshore.backup.point.RecoveryPoints;
import io.farshore.backup.restore.RestoreRoot;
import io.farshore.backup.restore.Restores;
import io.farshore.backup.restore.store.FileRestoreJournal;
import io.farshore.backup.restore.store.RestoreSettings;
import io.farshore.backup.run.BackupRuns;
import io.farshore.backup.run.DatabaseComponent;
import io.farshore.backup.run.DatabaseReader;
import io.farshore.backup.run.drivers.BackupSettings;
import io.farshore.backup.run.drivers.DatabaseSettings;
import io.farshore.backup.run.drivers.PostgresReader;
import io.farshore.backup.run.store.FileRunJournal;
import io.farshore.backup.vault.CopyPlaces;
import io.farshore.kernel.ApplicationId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.repository.Repository;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Puts the cores together with what they act through. */
@Dependent
public class BackupBeans {
  @Produces
  @Singleton
  DatabaseReader reader(
      DatabaseSettings settings, BackupSettings backup, RegionSettings region, Clock clock) {
    Map<DatabaseComponent, PostgresEndpoint> databases = new HashMap<>();
    settings
        .byApplication()
        .forEach(
            (application, database) ->
                databases.put(
                    DatabaseComponent.of(new ApplicationId(application)),
                    PostgresEndpoint.ofJdbcUrl(
                            database.jdbcUrl(), database.username(), database.password())
                        .withApplicationName("farshore-backup")));
    return new PostgresReader(databases, region.region(), backup.countPatience(), clock);
  }

  @Produces
  @Singleton
  ObservedEnds ends(MeterRegistry metrics) {
    return new ObservedEnds(metrics);
  }

  @Produces
  @Singleton
  BackupRuns runs(
      Repository repository,
      SigningKey signer,
      DatabaseReader reader,
      EventSink events,
      ObservedEnds ends,
      RegionSettings region,
      Clock clock) {
    FileRunJournal journal = new FileRunJournal(region.dataDir().resolve("backup-runs"));
    return new BackupRuns(
        repository,
        signer,
        reader,
        journal,
        new Settlement<>(journal::save, new OutboxTeller(events), new ObservedSettlement("runId")),
        ends,
        clock,
        threads("backup-run"));
  }

  @Produces
  @Singleton
  Restores restores(
      Repository repository,
      EventSink events,
      ObservedEnds ends,
      RegionSettings region,
      RestoreSettings settings,
      Clock clock) {
    FileRestoreJournal journal = new FileRestoreJournal(region.dataDir().resolve("restores"));
    return new Restores(
        repository,
        new RestoreRoot(settings.root()),
        journal,
        new Settlement<>(
            journal::save, new OutboxTeller(events), new ObservedSettlement("restoreId")),
        ends,
        clock,
        threads("restore"));
  }

  @Produces
  @Singleton
  RecoveryPoints points(Repository repository, Clock clock) {
    return new RecoveryPoints(repository, clock);
  }

  @Produces
  @Singleton
  PointViews views(CopyPlaces places) {
    return new PointViews(places);
  }

  /** One thread for each piece of work; the cores bound how many there are. */
  private static Executor threads(String name) {
    return task -> Thread.ofPlatform().daemon().name(name).start(task);
  }
}
