package io.farshore.replication;

import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testing.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The databases around the service: the application's in two regions, and the service's own. */
public class Databases implements QuarkusTestResourceLifecycleManager {
  private static @Nullable PostgresServer primary;
  private static @Nullable PostgresServer standby;
  private static @Nullable PostgresServer own;

  private @Nullable Path directory;

  static PostgresServer primary() {
    return Objects.requireNonNull(primary);
  }

  static PostgresServer standby() {
    return Objects.requireNonNull(standby);
  }

  static PostgresServer own() {
    return Objects.requireNonNull(own);
  }

  static long storedSamples() throws SQLException {
    try (Connection connection = own().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM replication.sample")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("farshore-replication");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PostgresServer east = server("east").setting("wal_level", "logical").start();
    east.execute(
        "postgres",
        "CREATE ROLE farshore_monitor LOGIN PASSWORD 'monitor'",
        "GRANT pg_monitor TO farshore_monitor",
        "CREATE SCHEMA farshore AUTHORIZATION farshore_monitor");
    PostgresEndpoint from =
        PostgresEndpoint.of(
            "127.0.0.1", east.port(), "postgres", east.superuser(), east.password());
    BaseBackupToDirectory.standby(
        from,
        directory.resolve("west"),
        new StandbyOptions(from.withApplicationName("eu-west"), "eu_west"));
    primary = east;
    standby = server("west").start();
    own = server("own").start();
    return Map.ofEntries(
        Map.entry("farshore.application-database.ledger.jdbc-url", east.jdbcUrl("postgres")),
        Map.entry("farshore.application-database.ledger.username", "farshore_monitor"),
        Map.entry("farshore.application-database.ledger.password", "monitor"),
        Map.entry("farshore.endpoints.us-east.ledger-database", "127.0.0.1:" + east.port()),
        Map.entry("farshore.endpoints.eu-west.ledger-database", "127.0.0.1:" + standby().port()),
        Map.entry("quarkus.datasource.jdbc.url", own().jdbcUrl("postgres")),
        Map.entry("quarkus.datasource.username", own().superuser()),
        Map.entry("quarkus.datasource.password", own().password()));
  }

  @Override
  public void stop() {
    Stream.of(standby, primary, own).filter(Objects::nonNull).forEach(PostgresServer::kill);
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PostgresServer.Builder server(String name) {
    return PostgresServer.builder(Objects.requireNonNull(directory).resolve(name))
        .setting("fsync", "off");
  }
}
