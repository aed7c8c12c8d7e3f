package io.farshore.testbed.demo;

import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.backup.RestoreRequest;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.Wait;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Restores a recovery point beside the living database, starts it, and counts its rows.
 *
 * @param elapsed from the request until the restored database answered
 * @param bytes restored
 * @param expected rows at the recovery point's position, by table
 * @param found rows in the restored database, by table
 */
record RestoreCheck(
    Duration elapsed, long bytes, Map<String, Long> expected, Map<String, Long> found) {
  private static final Duration RESTORE_PATIENCE = Duration.ofMinutes(5);

  boolean matches() {
    return !expected.isEmpty() && expected.equals(found);
  }

  static RestoreCheck run(World world, String region, RecoveryPoint point) throws SQLException {
    long began = System.nanoTime();
    FarshoreClient operator = world.client("operator");
    Path directory = world.directory().resolve(region).resolve("restored").resolve(point.id());
    // No target: the recovery point's log ends where its rows were counted.
    Restore restore =
        operator.startRestore(
            region, new RestoreRequest(point.id(), null, directory.toString(), null));
    Wait.until(
        "the restore has ended",
        RESTORE_PATIENCE,
        () -> !operator.restore(region, restore.id()).state().equals("running"));
    Restore ended = operator.restore(region, restore.id());
    if (!ended.state().equals("completed")) {
      throw new IllegalStateException("the restore failed: " + ended.error());
    }
    String password = world.region(region).applicationDatabase().server().password();
    try (PostgresServer restored =
        PostgresServer.builder(directory)
            .password(password)
            .log(directory.resolveSibling(point.id() + ".log"))
            .setting("shared_buffers", "32MB")
            .start()) {
      Map<String, Long> found = count(restored, point.rowCounts());
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      return new RestoreCheck(
          elapsed, ended.restoredBytes(), new TreeMap<>(point.rowCounts()), found);
    }
  }

  /** The same tables as were counted at the backup; names are {@code database.schema.table}. */
  private static Map<String, Long> count(PostgresServer server, Map<String, Long> tables)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables.keySet()) {
      String[] parts = table.split("\\.", 3);
      try (Connection connection = server.connect(parts[0]);
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count(*) FROM \"" + parts[1] + "\".\"" + parts[2] + "\"")) {
        rows.next();
        counts.put(table, rows.getLong(1));
      }
    }
    return counts;
  }
}
