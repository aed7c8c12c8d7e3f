package io.farshore.replication.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table of samples. Thread-safe. */
final class SampleStore {
  /** One statement, not a batch: the driver ends a batch on a broken connection with an Error. */
  private static final String INSERT =
      """
      INSERT INTO replication.sample
        (observed_at, application, from_region, to_region, state,
         lag_bytes, lag_micros, exposed_bytes, exposed_micros)
      SELECT * FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                           ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
      """;

  private final DataSource database;

  SampleStore(DataSource database) {
    this.database = database;
  }

  /** Stores all or none. */
  void insert(List<Sample> samples) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      List<Array> columns =
          List.of(
              column(connection, "timestamptz", samples, sample -> sample.observedAt().toString()),
              column(connection, "text", samples, Sample::application),
              column(connection, "text", samples, Sample::from),
              column(connection, "text", samples, Sample::to),
              column(connection, "text", samples, Sample::state),
              column(connection, "int8", samples, Sample::lagBytes),
              column(connection, "int8", samples, sample -> micros(sample.lag())),
              column(connection, "int8", samples, Sample::exposedBytes),
              column(connection, "int8", samples, sample -> micros(sample.exposure())));
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, columns.get(i));
      }
      statement.executeUpdate();
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

  private static Array column(
      Connection connection,
      String type,
      List<Sample> samples,
      Function<Sample, @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, samples.stream().map(value).toArray());
  }

  private static @Nullable Long micros(@Nullable Duration duration) {
    return duration == null ? null : duration.toNanos() / 1_000;
  }
}
