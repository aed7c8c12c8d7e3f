package io.farshore.postgres;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;

/**
 * The byte stream under a driver's connection, after it has connected, encrypted and logged in. The
 * driver has no way to run BASE_BACKUP: two result sets precede its copy. The field is registered
 * for native images in {@code reflect-config.json}.
 */
final class DriverWire {
  private DriverWire() {}

  static PGStream of(Connection connection) throws SQLException {
    QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    try {
      Field field = QueryExecutorBase.class.getDeclaredField("pgStream");
      field.setAccessible(true);
      return (PGStream) field.get(executor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of the PostgreSQL driver is not supported", e);
    }
  }
}
