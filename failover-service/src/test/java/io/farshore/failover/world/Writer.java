package io.farshore.failover.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.RegionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that writes where the routing table says, and knows what was acknowledged. */
final class Writer implements AutoCloseable {
  private final TestWorld world;
  private final Thread thread = Thread.ofPlatform().name("writer").daemon().unstarted(this::run);
  private final List<Ack> acknowledged = new ArrayList<>();
  private volatile boolean stop;

  /** A write that was acknowledged, where, and when by the nanosecond clock. */
  record Ack(long id, String region, long nanos) {}

  Writer(TestWorld world) {
    this.world = world;
  }

  void start() {
    thread.start();
  }

  List<Ack> acknowledged() {
    synchronized (acknowledged) {
      return List.copyOf(acknowledged);
    }
  }

  private void run() {
    long id = 0;
    String region = null;
    Connection connection = null;
    while (!stop) {
      try {
        String wanted = world.writer();
        if (wanted == null) {
          TimeUnit.MILLISECONDS.sleep(5);
          continue;
        }
        if (connection == null || !wanted.equals(region)) {
          close(connection);
          region = wanted;
          connection = world.database(new RegionId(wanted)).connect("postgres");
          connection.setNetworkTimeout(
              Runnable::run, Math.toIntExact(Duration.ofSeconds(3).toMillis()));
        }
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO transfers VALUES (?)")) {
          insert.setLong(1, ++id);
          insert.executeUpdate();
          if (insert.getWarnings() == null) {
            synchronized (acknowledged) {
              acknowledged.add(new Ack(id, wanted, System.nanoTime()));
            }
          }
        }
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (SQLException notWritten) {
        close(connection);
        connection = null;
      } catch (InterruptedException interrupted) {
        stop = true;
      }
    }
    close(connection);
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // The server is gone: that is what the test is about.
      }
    }
  }

  @Override
  public void close() {
    stop = true;
    try {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
