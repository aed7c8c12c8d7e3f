package io.farshore.postgres.fence;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a server's sessions read-only by default and ends those that exist. Works on primaries and
 * replicas. Not a proof against a client that sets its own transactions read-write: that is what
 * the commit gate is for.
 *
 * <p>Ending a session whose commit waits for a synchronous standby leaves that transaction
 * committed on this server, without an acknowledgement to its client.
 */
public final class SessionFence {
  private static final long POLL_NANOS = 10_000_000;

  private static final String OTHERS =
      """
      FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND NOT usename = ANY (?)
      """;

  private SessionFence() {}

  /**
   * Fences; can be repeated. The setting survives a restart of the server.
   *
   * @param server with a role that may ALTER SYSTEM and terminate sessions
   * @param exemptUsers whose sessions are left alone, besides our own
   * @return how many sessions were ended
   * @throws FarshoreException {@link PostgresErrors#UNREACHABLE} if the server did not finish
   *     within the endpoint's read time-out
   */
  public static int fence(PostgresEndpoint server, Set<String> exemptUsers) {
    long deadline = System.nanoTime() + server.timeouts().read().toNanos();
    setReadOnly(server, true, deadline);
    try (Connection connection = server.connect()) {
      int ended = 0;
      while (true) {
        int found = terminateOthers(connection, exemptUsers);
        ended = Math.max(ended, found);
        if (found == 0) {
          return ended;
        }
        pause(server, deadline);
      }
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  /** Takes the fence away; sessions opened from now on may write. Can be repeated. */
  public static void unfence(PostgresEndpoint server) {
    setReadOnly(server, false, System.nanoTime() + server.timeouts().read().toNanos());
  }

  /** Returns when new sessions have the setting: the server reloads on its own time. */
  private static void setReadOnly(PostgresEndpoint server, boolean on, long deadline) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      if (on) {
        statement.execute("ALTER SYSTEM SET default_transaction_read_only = on");
      } else {
        statement.execute("ALTER SYSTEM RESET default_transaction_read_only");
      }
      statement.execute("SELECT pg_reload_conf()");
      while (isReadOnly(server) != on) {
        pause(server, deadline);
      }
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  private static boolean isReadOnly(PostgresEndpoint server) throws SQLException {
    try (Connection fresh = server.connect();
        Statement statement = fresh.createStatement();
        ResultSet row = statement.executeQuery("SHOW default_transaction_read_only")) {
      row.next();
      return row.getString(1).equals("on");
    }
  }

  private static int terminateOthers(Connection connection, Set<String> exemptUsers)
      throws SQLException {
    String sql = "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) " + OTHERS + ") ended";
    Array exempt = connection.createArrayOf("text", exemptUsers.toArray());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, exempt);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } finally {
      exempt.free();
    }
  }

  private static void pause(PostgresEndpoint server, long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new FarshoreException(
          PostgresErrors.UNREACHABLE,
          "server did not finish fencing in time",
          Map.of("server", server.toString()));
    }
    LockSupport.parkNanos(POLL_NANOS);
  }
}
