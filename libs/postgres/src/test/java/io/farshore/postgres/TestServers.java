package io.farshore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Servers as Farshore wants them, and how tests wait. */
public final class TestServers {
  private TestServers() {}

  public static PostgresServer.Builder primary(Path directory) {
    return PostgresServer.builder(directory)
        .setting("wal_level", "logical")
        .setting("wal_log_hints", "on")
        .setting("fsync", "off")
        .setting("wal_sender_timeout", "5s")
        .setting("max_wal_senders", "16")
        .setting("max_replication_slots", "16");
  }

  /** A running hot standby of {@code primary}. */
  public static PostgresServer standby(PostgresServer primary, Path directory, String name) {
    PostgresEndpoint from = endpoint(primary);
    BaseBackupToDirectory.standby(
        from,
        directory,
        new StandbyOptions(from.withApplicationName(name), name.replace('-', '_')));
    return primary(directory).setting("hot_standby", "on").start();
  }

  public static PostgresEndpoint endpoint(PostgresServer server) {
    return PostgresEndpoint.of(
        "127.0.0.1", server.port(), "postgres", server.superuser(), server.password());
  }

  public static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Waits for a condition, bounded; a condition that throws does not hold yet. */
  public static void await(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(10);
      } catch (Exception e) {
        last = e;
      }
      assertThat(System.nanoTime() - deadline)
          .as("waited for %s, last %s", what, last)
          .isNegative();
    }
  }
}
