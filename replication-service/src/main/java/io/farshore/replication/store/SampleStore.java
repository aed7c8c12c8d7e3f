package io.farshore.replication.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table of samples. Thread-safe. */
final class SampleStore {
  private static final String INSERT =
      """
      INSERT INTO replication.sample
        (observed_at, application, from_region, to_region, state,
         lag_bytes, lag_micros, exposed_bytes, exposed_micros)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final DataSource database;

  SampleStore(DataSource database) {
    this.database = database;
  }

  /** Stores all or none. */
  void insert(List<Sample> samples) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (Sample sample : samples) {
          statement.setObject(1, sample.observedAt().atOffset(ZoneOffset.UTC));
          statement.setString(2, sample.application());
          statement.setString(3, sample.from());
          statement.setString(4, sample.to());
          statement.setString(5, sample.state());
          statement.setObject(6, sample.lagBytes(), Types.BIGINT);
          statement.setObject(7, micros(sample.lag()), Types.BIGINT);
          statement.setObject(8, sample.exposedBytes(), Types.BIGINT);
          statement.setObject(9, micros(sample.exposure()), Types.BIGINT);
          statement.addBatch();
        }
        statement.executeBatch();
      }
      connection.commit();
    }
  }

  /** Deletes what was observed before {@code limit}. */
  void deleteBefore(Instant limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM replication.sample WHERE observed_at < ?")) {
      statement.setObject(1, limit.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static @Nullable Long micros(@Nullable Duration duration) {
    return duration == null ? null : duration.toNanos() / 1_000;
  }
}
