package io.farshore.replication.watch.drivers;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.replication.lag.Heartbeat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code farshore.heartbeat}: one row for each region that ever wrote. */
final class HeartbeatTable {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_SCHEMA = "3F000";

  private static final String WRITE =
      """
      INSERT INTO farshore.heartbeat AS old (region, written_at, lsn, epoch)
      VALUES (?, ?, ?::pg_lsn, ?)
      ON CONFLICT (region) DO UPDATE
      SET written_at = excluded.written_at, lsn = excluded.lsn, epoch = excluded.epoch
      """;

  private static final String READ =
      "SELECT region, written_at, lsn, epoch FROM farshore.heartbeat ORDER BY lsn DESC LIMIT 1";

  private HeartbeatTable() {}

  /** Writes the region's row; makes the table first if it is not there. */
  static void write(Connection connection, Heartbeat heartbeat) throws SQLException {
    try {
      upsert(connection, heartbeat);
    } catch (SQLException e) {
      if (!isMissing(e)) {
        throw e;
      }
      create(connection);
      upsert(connection, heartbeat);
    }
  }

  /** The newest row, by position: it is the last that was written in this history. */
  static Optional<Heartbeat> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READ)) {
      return row.next() ? Optional.of(heartbeat(row)) : Optional.empty();
    } catch (SQLException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void upsert(Connection connection, Heartbeat heartbeat) throws SQLException {
    Epoch epoch = heartbeat.epoch();
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setString(1, heartbeat.region().value());
      statement.setObject(2, heartbeat.writtenAt().atOffset(ZoneOffset.UTC));
      statement.setString(3, heartbeat.lsn().toString());
      statement.setObject(4, epoch == null ? null : epoch.value(), java.sql.Types.BIGINT);
      statement.executeUpdate();
    }
  }

  /** The role needs CREATE on the database only if nobody made the schema for it. */
  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean schema;
      try (ResultSet row =
          statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = 'farshore'")) {
        schema = row.next();
      }
      if (!schema) {
        statement.execute("CREATE SCHEMA farshore");
      }
      // Room in the page for the newest versions of a row: no index entry for each heartbeat.
      statement.execute(
          "CREATE TABLE IF NOT EXISTS farshore.heartbeat (region text PRIMARY KEY,"
              + " written_at timestamptz NOT NULL, lsn pg_lsn NOT NULL, epoch bigint)"
              + " WITH (fillfactor = 10)");
    }
  }

  private static Heartbeat heartbeat(ResultSet row) throws SQLException {
    return new Heartbeat(
        new RegionId(row.getString("region")),
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        Lsn.parse(row.getString("lsn")),
        epoch(row));
  }

  private static @Nullable Epoch epoch(ResultSet row) throws SQLException {
    long value = row.getLong("epoch");
    return row.wasNull() ? null : new Epoch(value);
  }

  private static boolean isMissing(SQLException e) {
    return UNDEFINED_TABLE.equals(e.getSQLState()) || UNDEFINED_SCHEMA.equals(e.getSQLState());
  }
}
