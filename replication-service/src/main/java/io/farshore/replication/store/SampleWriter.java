package io.farshore.replication.store;

import io.farshore.quarkus.log.KeyedLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings samples from the queue into the database, whenever it is there. {@link #tick} is for one
 * thread.
 */
public final class SampleWriter {
  private static final int BATCH_MAX = 500;
  private static final Duration CLEAN_INTERVAL = Duration.ofMinutes(10);
  private static final KeyedLog LOG = KeyedLog.of(SampleWriter.class);

  private final SampleQueue queue;
  private final SampleStore store;
  private final Flyway schema;
  private final Duration retention;
  private final Clock clock;
  private boolean migrated;
  private boolean failing;
  private @Nullable Instant cleanedAt;

  /**
   * @param retention samples older than this are deleted
   */
  public SampleWriter(
      SampleQueue queue, DataSource database, Flyway schema, Duration retention, Clock clock) {
    this.queue = queue;
    this.store = new SampleStore(database);
    this.schema = schema;
    this.retention = retention;
    this.clock = clock;
  }

  /** Stores what waits; leaves it waiting if the database does not answer. */
  public void tick() {
    try {
      if (!migrated) {
        schema.migrate();
        migrated = true;
      }
      for (List<Sample> batch = queue.oldest(BATCH_MAX);
          !batch.isEmpty();
          batch = queue.oldest(BATCH_MAX)) {
        store.insert(batch);
        queue.forget(batch.size());
      }
      clean(clock.instant());
      if (failing) {
        failing = false;
        LOG.info("Samples are stored again");
      }
    } catch (SQLException | FlywayException e) {
      if (!failing) {
        failing = true; // once for each outage
        LOG.with("error", e.getMessage()).warn("Samples wait in memory");
      }
    }
  }

  private void clean(Instant now) throws SQLException {
    Instant last = cleanedAt;
    if (last == null || Duration.between(last, now).compareTo(CLEAN_INTERVAL) > 0) {
      store.deleteBefore(now.minus(retention));
      cleanedAt = now;
    }
  }
}
