package io.farshore.backup.point.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.backup.RecoveryPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on the index. Thread-safe; every method is one transaction. */
final class PostgresIndex {
  private final DataSource database;
  private final JsonMapper json = new JsonMapper();

  PostgresIndex(DataSource database) {
    this.database = database;
  }

  /** Makes the recovery points of the index these and no others. */
  void replacePoints(List<RecoveryPoint> points, Instant lookedAt) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock =
              connection.prepareStatement("LOCK TABLE recovery_point IN SHARE ROW EXCLUSIVE MODE");
          PreparedStatement clear = connection.prepareStatement("DELETE FROM recovery_point")) {
        lock.execute();
        clear.execute();
        insertPoints(connection, points);
        insertCopies(connection, points, lookedAt);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Adds runs, or brings those that are there up to date. */
  void putRuns(List<BackupRun> runs) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO backup_run (id, application, component, state, recovery_point,
                    source_bytes, started_at, finished_at, error)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                    recovery_point = excluded.recovery_point,
                    source_bytes = excluded.source_bytes,
                    finished_at = excluded.finished_at, error = excluded.error
                """)) {
      for (BackupRun run : runs) {
        insert.setObject(1, UUID.fromString(run.id()));
        insert.setString(2, run.application());
        insert.setString(3, run.component());
        insert.setString(4, run.state());
        insert.setObject(
            5, run.recoveryPoint() == null ? null : UUID.fromString(run.recoveryPoint()));
        insert.setLong(6, run.sourceBytes());
        insert.setObject(7, utc(run.startedAt()));
        insert.setObject(8, run.finishedAt() == null ? null : utc(run.finishedAt()));
        insert.setString(9, run.error());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  Optional<BackupRun> run(String id) throws SQLException {
    return select("SELECT * FROM backup_run WHERE id = ?", UUID.fromString(id), 1).stream()
        .findFirst();
  }

  /** Runs older than one, the newest first; time-ordered names sort by age. */
  List<BackupRun> runsBefore(@Nullable String id, int max) throws SQLException {
    return select(
        "SELECT * FROM backup_run WHERE id < coalesce(?, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"
            + " ORDER BY id DESC LIMIT "
            + max,
        id == null ? null : UUID.fromString(id),
        max);
  }

  private List<BackupRun> select(String sql, @Nullable UUID id, int max) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, id, Types.OTHER);
      select.setMaxRows(max);
      List<BackupRun> runs = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          runs.add(run(row));
        }
      }
      return runs;
    }
  }

  private static BackupRun run(ResultSet row) throws SQLException {
    Instant startedAt = row.getTimestamp("started_at").toInstant();
    Timestamp finished = row.getTimestamp("finished_at");
    @Nullable Instant finishedAt = finished == null ? null : finished.toInstant();
    return new BackupRun(
        row.getString("id"),
        row.getString("application"),
        row.getString("component"),
        row.getString("state"),
        row.getString("recovery_point"),
        row.getLong("source_bytes"),
        startedAt,
        finishedAt,
        finishedAt == null ? Duration.ZERO : Duration.between(startedAt, finishedAt),
        row.getString("error"));
  }

  private void insertPoints(Connection connection, List<RecoveryPoint> points) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO recovery_point (id, application, component, timeline, start_lsn, stop_lsn,
                counts_lsn, taken_at, source_bytes, stored_bytes, manifest_digest, row_counts)
            VALUES (?, ?, ?, ?, ?::pg_lsn, ?::pg_lsn, ?::pg_lsn, ?, ?, ?, ?, ?::jsonb)
            """)) {
      for (RecoveryPoint point : points) {
        insert.setObject(1, UUID.fromString(point.id()));
        insert.setString(2, point.application());
        insert.setString(3, point.component());
        insert.setLong(4, point.timeline());
        insert.setString(5, point.startLsn());
        insert.setString(6, point.stopLsn());
        insert.setString(7, point.countsLsn());
        insert.setObject(8, utc(point.takenAt()));
        insert.setLong(9, point.sourceBytes());
        insert.setLong(10, point.storedBytes());
        insert.setString(11, point.manifestDigest());
        insert.setString(12, text(point));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertCopies(
      Connection connection, List<RecoveryPoint> points, Instant lookedAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO recovery_point_copy (recovery_point, name, region, medium, state, looked_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """)) {
      for (RecoveryPoint point : points) {
        for (RecoveryPoint.Copy copy : point.copies()) {
          insert.setObject(1, UUID.fromString(point.id()));
          insert.setString(2, copy.name());
          insert.setString(3, copy.region());
          insert.setString(4, copy.medium());
          insert.setString(5, copy.state());
          insert.setObject(6, utc(lookedAt));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private String text(RecoveryPoint point) {
    try {
      return json.writeValueAsString(point.rowCounts());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts are always JSON", e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
