package io.farshore.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testing.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** An application's database as the testbed has it, and how tests wait. */
public final class TestDatabase {
  public static final String USER = "farshore_backup";
  public static final String PASSWORD = "backup";

  private TestDatabase() {}

  /** A running primary with database {@code ledger}, two tables and the backup role. */
  public static PostgresServer primary(Path directory) {
    PostgresServer server =
        builder(directory)
            .setting("wal_level", "logical")
            .setting("max_wal_senders", "16")
            .setting("max_replication_slots", "16")
            .setting("wal_sender_timeout", "5s")
            .setting("fsync", "off")
            .start();
    server.execute(
        "postgres",
        "CREATE DATABASE ledger",
        "CREATE ROLE " + USER + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
        "GRANT pg_read_all_data TO " + USER);
    server.execute(
        "ledger",
        "CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL)",
        "INSERT INTO account SELECT i, 100 FROM generate_series(1, 5000) i",
        "CREATE TABLE transfer (id bigserial PRIMARY KEY, note text)");
    return server;
  }

  public static PostgresServer.Builder builder(Path directory) {
    return PostgresServer.builder(directory).setting("shared_buffers", "32MB");
  }

  /** Inserts into {@code transfer} until told to stop. */
  public static void write(PostgresServer server, AtomicBoolean stop) {
    try (Connection connection = server.connect("ledger");
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        statement.execute(
            "INSERT INTO transfer (note) SELECT repeat('x', 200) FROM generate_series(1, 5)");
        statement.execute("UPDATE account SET balance = balance + 1 WHERE id = 7");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Map<String, Long> counts(PostgresServer server) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : new String[] {"account", "transfer"}) {
      counts.put(
          "ledger.public." + table, Long.parseLong(query(server, "SELECT count(*) FROM " + table)));
    }
    return counts;
  }

  public static long transfers(PostgresServer server) throws SQLException {
    return Long.parseLong(query(server, "SELECT count(*) FROM transfer"));
  }

  public static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect("ledger");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  public static void deleteTree(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a condition, two minutes at most. */
  public static void await(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime() - deadline).as("waited too long for %s", what).isNegative();
        Thread.sleep(50);
      }
    } catch (Exception e) {
      throw new AssertionError("while waiting for " + what, e);
    }
  }
}
