package io.farshore.backup.run.drivers;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.run.DatabaseComponent;
import io.farshore.backup.run.DatabaseReader;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.backup.BaseBackup;
import io.farshore.postgres.backup.BaseBackupOptions;
import io.farshore.postgres.backup.BaseBackupResult;
import io.farshore.postgres.counts.RowCounts;
import io.farshore.postgres.wal.WalStream;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import io.farshore.vault.recovery.RecoveryPreparation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads PostgreSQL: the base backup on one connection, the log on a second, both at once; then
 * exact row counts, and the log up to the very position they were taken at. A temporary slot on a
 * third connection keeps the log on the server meanwhile; it ends with that connection, so a killed
 * backup leaves none behind.
 *
 * <p>A standby can be read as well. There are no row counts then: PostgreSQL cannot export a
 * snapshot at an exact position there in bounded time.
 */
public final class PostgresReader implements DatabaseReader {
  private final Map<DatabaseComponent, PostgresEndpoint> databases;
  private final RegionId region;
  private final Duration countPatience;
  private final Clock clock;

  /**
   * @param databases what to read, by role with REPLICATION that may read all tables
   * @param region where they stand
   * @param countPatience row counts that are not there by then are left out
   */
  public PostgresReader(
      Map<DatabaseComponent, PostgresEndpoint> databases,
      RegionId region,
      Duration countPatience,
      Clock clock) {
    this.databases = Map.copyOf(databases);
    this.region = region;
    this.countPatience = countPatience;
    this.clock = clock;
  }

  @Override
  public Set<DatabaseComponent> components() {
    return databases.keySet();
  }

  @Override
  public RecoveryPointFacts read(
      DatabaseComponent component, RecoveryPointId id, BackupSession session) {
    PostgresEndpoint server = databases.get(component);
    if (server == null) {
      throw new IllegalArgumentException("not one of the components");
    }
    Server identity = identify(server);
    int segmentBytes = WalStream.segmentBytes(server);
    try (LogRetention _ = LogRetention.begin(server, id)) {
      SessionSink sink =
          new SessionSink(
              session,
              start -> new WalRecorder(server, session, start, segmentBytes, clock),
              clock);
      try (sink) {
        BaseBackupResult base =
            BaseBackup.copy(server, BaseBackupOptions.labelled("farshore " + id), sink);
        sink.recording().finish(base.stop().lsn());
        requireOneTimeline(base);
        Instant takenAt = clock.instant();
        Optional<RowCounts> counts =
            identity.standby ? Optional.empty() : countAndRecord(server, sink.recorder());
        sink.recorder().close();
        return new RecoveryPointFacts(
            id,
            component.application(),
            component.component(),
            new SourceIdentity(base.systemIdentifier(), identity.version, region, identity.standby),
            counts.isPresent() ? clock.instant() : takenAt,
            base.start().timeline(),
            base.start().lsn(),
            base.stop().lsn(),
            counts.map(RowCounts::lsn).orElse(null),
            identity.minimumSettings,
            counts.map(PostgresReader::byName).orElse(Map.of()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Counts, then records the log up to the position of the counts and not a byte further. */
  private Optional<RowCounts> countAndRecord(PostgresEndpoint server, WalRecorder recorder) {
    Optional<RowCounts> counts = RowCounts.take(server, Set.of(), countPatience);
    if (counts.isEmpty()) {
      return counts;
    }
    Lsn end = counts.get().lsn();
    if (recorder.position().isAfter(end)) {
      // Never so far: what was recorded was flushed before we asked. If it is, no count is better
      // than a wrong one.
      return Optional.empty();
    }
    recorder.recordUntil(() -> Optional.of(end), true);
    return counts;
  }

  private static void requireOneTimeline(BaseBackupResult base) {
    if (!base.start().comparableWith(base.stop())) {
      throw new FarshoreException(
          BackupErrors.TIMELINE_CHANGED,
          "The source's timeline changed while it was read",
          Map.of(
              "from", base.start().timeline().toString(), "to", base.stop().timeline().toString()));
    }
  }

  private static Map<String, Long> byName(RowCounts counts) {
    Map<String, Long> names = new TreeMap<>();
    counts.counts().forEach((table, rows) -> names.put(counts.database() + "." + table, rows));
    return names;
  }

  private static Server identify(PostgresEndpoint server) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('server_version'), pg_is_in_recovery()"
                    + RecoveryPreparation.MINIMUM_SETTINGS.stream()
                        .map(name -> ", current_setting('" + name + "')::int AS " + name)
                        .collect(Collectors.joining()))) {
      row.next();
      Map<String, Integer> settings = new TreeMap<>();
      for (String name : RecoveryPreparation.MINIMUM_SETTINGS) {
        settings.put(name, row.getInt(name));
      }
      return new Server(row.getString(1), row.getBoolean(2), settings);
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  /** What a server says of itself. */
  private record Server(String version, boolean standby, Map<String, Integer> minimumSettings) {}
}
