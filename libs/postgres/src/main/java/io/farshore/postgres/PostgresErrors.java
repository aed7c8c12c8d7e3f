package io.farshore.postgres;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** What can go wrong between us and a PostgreSQL server. */
public final class PostgresErrors {
  /** No connection, or it broke, or no answer in time. */
  public static final ErrorCode UNREACHABLE =
      ErrorCode.retryable("postgres-unreachable", ErrorCategory.UNAVAILABLE);

  /** Wrong password, unknown role, or the server's rules do not admit us. */
  public static final ErrorCode LOGIN_REFUSED =
      ErrorCode.permanent("postgres-login-refused", ErrorCategory.UNAUTHENTICATED);

  /** The role lacks a right. */
  public static final ErrorCode PERMISSION_DENIED =
      ErrorCode.permanent("postgres-permission-denied", ErrorCategory.FORBIDDEN);

  /** The server answered with an error of another kind; context holds {@code sqlState}. */
  public static final ErrorCode STATEMENT_FAILED =
      ErrorCode.permanent("postgres-statement-failed", ErrorCategory.CONFLICT);

  /** The server said something this version does not understand. */
  public static final ErrorCode PROTOCOL =
      ErrorCode.permanent("postgres-protocol-violated", ErrorCategory.INTERNAL);

  /** The server is not the one it should be: another system identifier. */
  public static final ErrorCode OTHER_SYSTEM =
      ErrorCode.permanent("postgres-other-system", ErrorCategory.CONFLICT);

  /** The server was asked to become primary and did not in time. */
  public static final ErrorCode NOT_PROMOTED =
      ErrorCode.retryable("postgres-not-promoted", ErrorCategory.UNAVAILABLE);

  /** Log that is needed was removed from the server. */
  public static final ErrorCode WAL_REMOVED =
      ErrorCode.permanent("postgres-wal-removed", ErrorCategory.CONFLICT);

  /** Whoever received a backup or log could not take it, for example a full disk. */
  public static final ErrorCode SINK_FAILED =
      ErrorCode.retryable("postgres-sink-failed", ErrorCategory.EXHAUSTED);

  private PostgresErrors() {}
}
