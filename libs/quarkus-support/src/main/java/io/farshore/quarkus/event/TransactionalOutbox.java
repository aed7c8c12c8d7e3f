package io.farshore.quarkus.event;

import io.farshore.kernel.FarshoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * An outbox in the service's own PostgreSQL: the event is stored in the same transaction as the
 * change it tells of, so that there is never one without the other. A service that offers a bean of
 * this type gets a relay for it. The table comes with {@code db/farshore/R__event_outbox.sql}.
 * Thread-safe; several processes may drain one table, each event is with one of them at a time.
 */
public final class TransactionalOutbox implements Outbox {
  /** Commits are not announced; this is how stale the relay's view may be. */
  private static final long POLL_MILLIS_MAX = 250;

  private final DataSource database;
  private final EventEnvelopes envelopes;
  private final Semaphore arrivals = new Semaphore(0);

  public TransactionalOutbox(DataSource database, EventEnvelopes envelopes) {
    this.database = database;
    this.envelopes = envelopes;
  }

  @Override
  public String name() {
    return "database";
  }

  /**
   * Stores {@code event} with the connection's transaction; the caller commits. An event whose id
   * is stored already is not stored again.
   *
   * @return the event's id
   * @throws SQLException as the database gave it; the caller's transaction is then lost
   */
  public String append(Connection transaction, NewEvent event) throws SQLException {
    StoredEvent stored = envelopes.wrap(event);
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "INSERT INTO event_outbox (id, event) VALUES (?, ?) ON CONFLICT (id) DO NOTHING")) {
      insert.setString(1, stored.id());
      insert.setString(2, stored.json());
      insert.executeUpdate();
    }
    arrivals.drainPermits();
    arrivals.release();
    return stored.id();
  }

  @Override
  public int drain(int max, EventDelivery delivery) throws InterruptedException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int confirmed = drain(connection, max, delivery);
        connection.commit();
        return confirmed;
      } finally {
        // After a commit this does nothing; after a failure it gives the events back.
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new FarshoreException(
          EventErrors.OUTBOX_UNREADABLE,
          "The database with the outbox does not answer",
          Map.of("error", String.valueOf(e.getMessage())),
          e);
    }
  }

  private static int drain(Connection connection, int max, EventDelivery delivery)
      throws SQLException, InterruptedException {
    List<Long> sequences = new ArrayList<>();
    List<StoredEvent> events = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT sequence, id, event FROM event_outbox"
                + " ORDER BY sequence LIMIT ? FOR UPDATE SKIP LOCKED")) {
      select.setInt(1, max);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sequences.add(rows.getLong(1));
          events.add(new StoredEvent(rows.getString(2), rows.getString(3)));
        }
      }
    }
    if (events.isEmpty()) {
      return 0;
    }
    int confirmed = delivery.deliver(events);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM event_outbox WHERE sequence = ANY (?)")) {
      Long[] sent = sequences.subList(0, confirmed).toArray(Long[]::new);
      delete.setArray(1, connection.createArrayOf("bigint", sent));
      delete.executeUpdate();
    }
    return confirmed;
  }

  @Override
  public void awaitEvents(long millis) throws InterruptedException {
    // A permit left over from an event already sent only makes one wait shorter.
    arrivals.tryAcquire(Math.min(millis, POLL_MILLIS_MAX), TimeUnit.MILLISECONDS);
  }
}
