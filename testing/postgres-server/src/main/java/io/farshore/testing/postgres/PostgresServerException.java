package io.farshore.testing.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A test server could not be made, started or stopped; the message ends with its last log lines.
 */
public final class PostgresServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  PostgresServerException(String message) {
    this(message, null);
  }
}
