package io.farshore.replication.watch.drivers;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.RegionId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.DatabaseStatus;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.replication.lag.Heartbeat;
import io.farshore.replication.lag.Observation;
import io.farshore.replication.watch.WatchedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches a PostgreSQL server over one connection of its own, which is made anew after any failure.
 * Heartbeats do not wait for synchronous standbys: a closed commit gate must not stop the
 * measuring.
 */
public final class PostgresWatchedDatabase implements WatchedDatabase {
  private static final KeyedLog LOG = KeyedLog.of(PostgresWatchedDatabase.class);

  private final PostgresEndpoint server;
  private final RegionId here;
  private final Supplier<Optional<Epoch>> epoch;
  private final BooleanSupplier writesElsewhere;
  private final Function<RegionId, OptionalLong> exposedBytes;
  private final MonotonicClock monotonic;
  private final Clock wall;
  private @Nullable Connection connection;
  private boolean heartbeatRefused;

  /**
   * @param server the region's copy, as a role with {@code pg_monitor} and a schema {@code
   *     farshore}
   * @param here the region
   * @param epoch under which this region writes, if known
   * @param writesElsewhere whether another region is known to have the write lease
   * @param exposedBytes what a writing region says would be lost of it here
   */
  public PostgresWatchedDatabase(
      PostgresEndpoint server,
      RegionId here,
      Supplier<Optional<Epoch>> epoch,
      BooleanSupplier writesElsewhere,
      Function<RegionId, OptionalLong> exposedBytes,
      MonotonicClock monotonic,
      Clock wall) {
    this.server = server;
    this.here = here;
    this.epoch = epoch;
    this.writesElsewhere = writesElsewhere;
    this.exposedBytes = exposedBytes;
    this.monotonic = monotonic;
    this.wall = wall;
  }

  @Override
  public Observation look() {
    Observation.Moment at = now();
    try {
      Connection open = connection();
      return switch (DatabaseProbe.probe(open)) {
        case DatabaseStatus.Primary primary
            when primary.fenced() && writesElsewhere.getAsBoolean() ->
            new Observation.Superseded(at);
        case DatabaseStatus.Primary primary -> writing(open, primary, at);
        case DatabaseStatus.Replica replica -> reading(open, replica);
      };
    } catch (SQLException e) {
      disconnect();
      return new Observation.Unanswered(at, server.failure(e).describe());
    } catch (FarshoreException e) {
      disconnect();
      return new Observation.Unanswered(at, e.describe());
    }
  }

  @Override
  public void close() {
    disconnect();
  }

  /** Followers first, then the end: what they had then they still have. */
  private Observation writing(
      Connection open, DatabaseStatus.Primary primary, Observation.Moment at) throws SQLException {
    Lsn end = insertPosition(open);
    boolean written =
        !primary.fenced()
            && beat(open, new Heartbeat(here, at.wall(), end, epoch.get().orElse(null)));
    Map<RegionId, Observation.Follower> followers = new HashMap<>();
    for (DatabaseStatus.Follower follower : primary.followers()) {
      region(follower.applicationName())
          .ifPresent(
              region ->
                  followers.put(
                      region,
                      new Observation.Follower(
                          follower.flushed(), follower.replayed(), follower.replayLag())));
    }
    return new Observation.Writing(at, primary.position().timeline(), end, written, followers);
  }

  private Observation reading(Connection open, DatabaseStatus.Replica replica) throws SQLException {
    Heartbeat newest = HeartbeatTable.read(open).orElse(null);
    DatabaseStatus.Receiver receiver = replica.receiver();
    OptionalLong bytes =
        newest == null ? OptionalLong.empty() : exposedBytes.apply(newest.region());
    return new Observation.Reading(
        now(), // the age of a heartbeat is counted until after it was read
        replica.position().timeline(),
        replica.position().lsn(),
        receiver == null || !receiver.streaming() ? null : receiver.latestEnd(),
        replica.lastCommitReplayedAt(),
        newest,
        bytes.isPresent() ? bytes.getAsLong() : null);
  }

  /** Includes what transactions that do not wait for the disk have written until now. */
  private static Lsn insertPosition(Connection open) throws SQLException {
    try (Statement statement = open.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }

  /** A refused heartbeat (fenced, no right) is no reason to stop looking. */
  private boolean beat(Connection open, Heartbeat heartbeat) throws SQLException {
    try {
      HeartbeatTable.write(open, heartbeat);
      heartbeatRefused = false;
      return true;
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      boolean refused = state.startsWith("25") || state.startsWith("42");
      if (!refused) {
        throw e;
      }
      if (!heartbeatRefused) {
        heartbeatRefused = true;
        LOG.with("server", server)
            .with("error", server.failure(e).describe())
            .warn("A heartbeat was refused");
      }
      return false;
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = server.connect();
      connection = open;
      try (Statement statement = open.createStatement()) {
        statement.execute("SET synchronous_commit = local");
      }
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.with("server", server).with("error", e).debug("A connection could not be closed");
      }
    }
  }

  /** Followers name themselves after their region; others, for example the commit gate, do not. */
  private static Optional<RegionId> region(String applicationName) {
    try {
      return Optional.of(new RegionId(applicationName));
    } catch (IllegalArgumentException notARegion) {
      return Optional.empty();
    }
  }

  private Observation.Moment now() {
    return new Observation.Moment(monotonic.now(), wall.instant());
  }
}
