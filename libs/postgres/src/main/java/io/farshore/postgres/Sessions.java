package io.farshore.postgres;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections and puts their failures into our words. */
final class Sessions {
  private Sessions() {}

  static Connection open(PostgresEndpoint endpoint, Properties extra) {
    Properties properties = new Properties();
    properties.putAll(extra);
    Duration connect = endpoint.timeouts().connect();
    PGProperty.USER.set(properties, endpoint.user());
    PGProperty.PASSWORD.set(properties, endpoint.password());
    PGProperty.APPLICATION_NAME.set(properties, endpoint.applicationName());
    PGProperty.CONNECT_TIMEOUT.set(
        properties, Math.toIntExact(connect.plusMillis(999).toSeconds()));
    PGProperty.LOGIN_TIMEOUT.set(properties, BigDecimal.valueOf(connect.toMillis(), 3).toString());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    String url =
        "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/" + endpoint.database();
    try {
      Connection connection = new Driver().connect(url, properties);
      if (connection == null) {
        throw new IllegalStateException("driver does not know its own URL");
      }
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(readMillis(endpoint)));
      return connection;
    } catch (SQLException e) {
      throw failure(endpoint, e);
    }
  }

  static long readMillis(PostgresEndpoint endpoint) {
    return Math.max(1, endpoint.timeouts().read().toMillis());
  }

  static FarshoreException failure(PostgresEndpoint endpoint, SQLException cause) {
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    return failure(endpoint.toString(), state, cause.getMessage(), cause);
  }

  static FarshoreException failure(
      String server, String sqlState, @Nullable String reason, @Nullable Throwable cause) {
    boolean network = cause != null && cause.getCause() instanceof IOException;
    ErrorCode code = network ? PostgresErrors.UNREACHABLE : code(sqlState);
    Map<String, String> context =
        Map.of("server", server, "sqlState", sqlState, "reason", reason == null ? "" : reason);
    return new FarshoreException(code, "PostgreSQL refused or failed", context, cause);
  }

  /** PostgreSQL, Appendix A: error codes. */
  private static ErrorCode code(String sqlState) {
    if (sqlState.startsWith("28")) {
      return PostgresErrors.LOGIN_REFUSED;
    }
    if (sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState.equals("53300")) {
      return PostgresErrors
          .UNREACHABLE; // 57P: shutting down, starting; 53300: too many connections
    }
    return switch (sqlState) {
      case "42501" -> PostgresErrors.PERMISSION_DENIED;
      case "58P01" -> PostgresErrors.WAL_REMOVED;
      case "08P01" -> PostgresErrors.PROTOCOL;
      default -> PostgresErrors.STATEMENT_FAILED;
    };
  }
}
