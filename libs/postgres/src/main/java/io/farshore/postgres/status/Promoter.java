package io.farshore.postgres.status;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Makes a replica the primary. */
public final class Promoter {
  /** "Recovery is not in progress": somebody promoted it between our look and our call. */
  private static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

  private Promoter() {}

  /**
   * Promotes with {@code pg_promote} and waits until the server takes writes. Asked again, it
   * answers the same without doing anything.
   *
   * @param server with a role that may execute {@code pg_promote}
   * @param systemIdentifier the cluster it must belong to
   * @param patience how long the server may take, at least a second
   * @throws FarshoreException {@link PostgresErrors#OTHER_SYSTEM}, {@link
   *     PostgresErrors#NOT_PROMOTED} (ask again), or a failure to reach it
   */
  public static Promotion promote(
      PostgresEndpoint server, String systemIdentifier, Duration patience) {
    try (Connection connection = server.connect()) {
      DatabaseStatus before = DatabaseProbe.probe(connection);
      requireSystem(server, systemIdentifier, before);
      boolean replica = before instanceof DatabaseStatus.Replica;
      if (replica) {
        promote(connection, server, patience);
      }
      DatabaseStatus now = replica ? DatabaseProbe.probe(connection) : before;
      if (now instanceof DatabaseStatus.Replica) {
        throw notPromoted(server);
      }
      return new Promotion(systemIdentifier, now.position(), replica);
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  private static void promote(Connection connection, PostgresEndpoint server, Duration patience)
      throws SQLException {
    Duration answer = patience.plus(server.timeouts().read());
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
    try (PreparedStatement statement = connection.prepareStatement("SELECT pg_promote(true, ?)")) {
      statement.setInt(1, Math.toIntExact(Math.max(1, patience.toSeconds())));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw notPromoted(server);
        }
      }
    } catch (SQLException e) {
      if (!OBJECT_NOT_IN_PREREQUISITE_STATE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static void requireSystem(
      PostgresEndpoint server, String systemIdentifier, DatabaseStatus status) {
    if (!status.systemIdentifier().equals(systemIdentifier)) {
      throw new FarshoreException(
          PostgresErrors.OTHER_SYSTEM,
          "server belongs to another cluster",
          Map.of(
              "server",
              server.toString(),
              "expected",
              systemIdentifier,
              "actual",
              status.systemIdentifier()));
    }
  }

  private static FarshoreException notPromoted(PostgresEndpoint server) {
    return new FarshoreException(
        PostgresErrors.NOT_PROMOTED,
        "server did not become primary in time",
        Map.of("server", server.toString()));
  }
}
