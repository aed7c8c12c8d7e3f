package io.farshore.system;

import io.farshore.testbed.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sessions straight at a region's database, past gateway and ledger. */
final class Ledgers {
  private Ledgers() {}

  /** A table of the tests' own, so that the ledger's books stay as its clients know them. */
  static void createNotes(World world) throws SQLException {
    try (Connection connection = connect(world, world.home().name());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE notes (id bigserial PRIMARY KEY, at timestamptz NOT NULL)");
    }
  }

  static Connection connect(World world, String region) throws SQLException {
    return world.region(region).applicationDatabase().server().connect(world.application());
  }

  static long countNotes(World world, String region) throws SQLException {
    try (Connection connection = connect(world, region);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM notes")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * One session that was open before the trouble began and goes on committing, as fast as it is
   * answered, until it is ended or refused. Even asks to be let write when it is told not to.
   */
  static final class StubbornSession implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Connection connection;
    private final Queue<Long> acknowledgedAt = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean running = true;

    StubbornSession(World world, String region) throws SQLException {
      connection = connect(world, region);
      connection.setAutoCommit(true);
      thread = Thread.ofPlatform().name("stubborn-session").daemon().start(this::write);
    }

    private void write() {
      try (Statement statement = connection.createStatement()) {
        while (running) {
          statement.execute("SET default_transaction_read_only = off");
          statement.execute("INSERT INTO notes (at) VALUES (clock_timestamp())");
          acknowledgedAt.add(System.nanoTime());
          Thread.sleep(PAUSE);
        }
      } catch (SQLException refused) {
        running = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** {@link System#nanoTime()} of each acknowledgement. */
    List<Long> acknowledgedAt() {
      return new ArrayList<>(acknowledgedAt);
    }

    @Override
    public void close() throws SQLException {
      running = false;
      thread.interrupt();
      connection.abort(Runnable::run);
    }
  }
}
