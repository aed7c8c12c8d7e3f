package io.farshore.postgres.status;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server what it is and how far. Needs {@code pg_monitor}; without it positions of others
 * stay unknown.
 */
public final class DatabaseProbe {
  /**
   * A primary's timeline is in the name of the segment it writes. A replica's is the highest of
   * what it received, must recover to, and began from: after a switch the control file lags behind.
   */
  private static final String STATUS =
      """
      SELECT r.recovering,
             s.system_identifier,
             CASE WHEN r.recovering THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
               AS lsn,
             CASE WHEN r.recovering THEN pg_last_wal_receive_lsn()
                  ELSE pg_current_wal_flush_lsn() END AS safe,
             CASE WHEN r.recovering
                  THEN greatest(w.received_tli,
                                (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
                                (SELECT timeline_id FROM pg_control_checkpoint()))
                  ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint
             END AS timeline,
             CASE WHEN r.recovering THEN pg_last_xact_replay_timestamp() END AS replayed_at,
             current_setting('default_transaction_read_only')::boolean AS fenced,
             w.pid IS NOT NULL AS receiver,
             w.status, w.latest_end_lsn, w.latest_end_time,
             w.last_msg_send_time, w.last_msg_receipt_time
      FROM (SELECT pg_is_in_recovery() AS recovering) r
      CROSS JOIN pg_control_system() s
      LEFT JOIN pg_stat_wal_receiver w ON true
      """;

  private static final String FOLLOWERS =
      """
      SELECT application_name, coalesce(state, 'unknown') AS state,
             coalesce(sync_state, 'async') <> 'async' AS synchronous,
             sent_lsn, flush_lsn, replay_lsn,
             (extract(epoch FROM replay_lag) * 1000000)::bigint AS replay_lag_micros
      FROM pg_stat_replication
      ORDER BY application_name, pid
      """;

  private DatabaseProbe() {}

  /**
   * Over a connection of its own.
   *
   * @throws io.farshore.kernel.FarshoreException one of {@link io.farshore.postgres.PostgresErrors}
   */
  public static DatabaseStatus probe(PostgresEndpoint server) {
    try (Connection connection = server.connect()) {
      return probe(connection);
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  /** Over a connection that stays open; two statements on a primary, one on a replica. */
  public static DatabaseStatus probe(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATUS)) {
      row.next();
      return row.getBoolean("recovering") ? replica(row) : primary(connection, row);
    }
  }

  private static DatabaseStatus.Primary primary(Connection connection, ResultSet row)
      throws SQLException {
    ReplicationPosition position = position(row);
    Lsn flushed = lsn(row, "safe");
    return new DatabaseStatus.Primary(
        row.getString("system_identifier"),
        position,
        flushed == null ? position.lsn() : flushed,
        row.getBoolean("fenced"),
        followers(connection));
  }

  private static DatabaseStatus.Replica replica(ResultSet row) throws SQLException {
    return new DatabaseStatus.Replica(
        row.getString("system_identifier"),
        position(row),
        lsn(row, "safe"),
        instant(row, "replayed_at"),
        row.getBoolean("receiver") ? receiver(row) : null);
  }

  private static DatabaseStatus.Receiver receiver(ResultSet row) throws SQLException {
    return new DatabaseStatus.Receiver(
        "streaming".equals(row.getString("status")),
        lsn(row, "latest_end_lsn"),
        instant(row, "latest_end_time"),
        instant(row, "last_msg_send_time"),
        instant(row, "last_msg_receipt_time"));
  }

  private static List<DatabaseStatus.Follower> followers(Connection connection)
      throws SQLException {
    List<DatabaseStatus.Follower> followers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FOLLOWERS)) {
      while (row.next()) {
        long micros = row.getLong("replay_lag_micros");
        Duration lag = row.wasNull() ? null : Duration.ofNanos(micros * 1_000);
        followers.add(
            new DatabaseStatus.Follower(
                row.getString("application_name"),
                row.getString("state"),
                row.getBoolean("synchronous"),
                lsn(row, "sent_lsn"),
                lsn(row, "flush_lsn"),
                lsn(row, "replay_lsn"),
                lag));
      }
    }
    return followers;
  }

  private static ReplicationPosition position(ResultSet row) throws SQLException {
    Lsn lsn = lsn(row, "lsn");
    return new ReplicationPosition(
        new Timeline(row.getLong("timeline")), lsn == null ? Lsn.ZERO : lsn);
  }

  private static @Nullable Lsn lsn(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Lsn.parse(text);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
