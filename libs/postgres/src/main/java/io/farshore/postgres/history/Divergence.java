package io.farshore.postgres.history;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.status.DatabaseProbe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an old primary wrote that the new primary's history does not hold.
 *
 * @param timeline the old primary's
 * @param fork up to where both share history
 * @param end of the old primary's log
 * @param commits transactions committed after the fork; absent if the server cannot say
 */
public record Divergence(Timeline timeline, Lsn fork, Lsn end, OptionalLong commits) {
  private static final String COMMITS =
      """
      SELECT count(*) FROM pg_get_wal_records_info(?::pg_lsn, ?::pg_lsn)
      WHERE resource_manager = 'Transaction' AND record_type LIKE 'COMMIT%'
      """;

  /** Bytes of log after the fork; 0 if nothing diverged. */
  public long bytes() {
    return Math.max(0, end.bytesSince(fork));
  }

  /**
   * Compares an old primary, running and reachable, with the new one's history. Nothing is written
   * to the old primary.
   *
   * @param oldPrimary a role with {@code pg_monitor}; commits are counted if the extension {@code
   *     pg_walinspect} is there in the endpoint's database, the role may use it, and the log has
   *     not been removed
   * @param history of the new primary's timeline
   * @return empty if the old primary's timeline is no ancestor in {@code history}, so that nothing
   *     can be said
   * @throws io.farshore.kernel.FarshoreException if the old primary cannot be asked
   */
  public static Optional<Divergence> measure(PostgresEndpoint oldPrimary, TimelineHistory history) {
    try (Connection connection = oldPrimary.connect()) {
      ReplicationPosition end = DatabaseProbe.probe(connection).position();
      Optional<Divergence> found = between(end, history);
      if (found.isEmpty() || found.get().bytes() == 0) {
        return found.map(divergence -> divergence.withCommits(OptionalLong.of(0)));
      }
      return found.map(divergence -> divergence.withCommits(commits(connection, divergence)));
    } catch (SQLException e) {
      throw oldPrimary.failure(e);
    }
  }

  /** Without asking anyone: positions known, commits not. */
  public static Optional<Divergence> between(ReplicationPosition oldEnd, TimelineHistory history) {
    return history
        .leftAt(oldEnd.timeline())
        .map(fork -> new Divergence(oldEnd.timeline(), fork, oldEnd.lsn(), OptionalLong.empty()));
  }

  private Divergence withCommits(OptionalLong counted) {
    return new Divergence(timeline, fork, end, counted);
  }

  private static OptionalLong commits(Connection connection, Divergence divergence) {
    try (PreparedStatement statement = connection.prepareStatement(COMMITS)) {
      statement.setString(1, divergence.fork.toString());
      statement.setString(2, divergence.end.toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return OptionalLong.of(row.getLong(1));
      }
    } catch (SQLException cannotSay) {
      return OptionalLong.empty(); // no extension, no right, or the log is gone: bytes must do
    }
  }
}
