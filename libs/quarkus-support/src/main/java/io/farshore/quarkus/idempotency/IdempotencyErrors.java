package io.farshore.quarkus.idempotency;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Refusals of repeated commands. */
public final class IdempotencyErrors {
  public static final ErrorCode KEY_MISSING =
      ErrorCode.permanent("idempotency-key-missing", ErrorCategory.INVALID);
  public static final ErrorCode KEY_INVALID =
      ErrorCode.permanent("idempotency-key-invalid", ErrorCategory.INVALID);

  /** The key was used for another body. */
  public static final ErrorCode KEY_REUSED =
      ErrorCode.permanent("idempotency-key-reused", ErrorCategory.REFUSED);

  /** The first request with this key is still being answered. */
  public static final ErrorCode IN_FLIGHT =
      ErrorCode.retryable("idempotency-key-in-flight", ErrorCategory.CONFLICT);

  /** Too many commands in a day. */
  public static final ErrorCode STORE_FULL =
      ErrorCode.retryable("idempotency-store-full", ErrorCategory.EXHAUSTED);

  public static final ErrorCode STORE_UNWRITABLE =
      ErrorCode.retryable("idempotency-store-unwritable", ErrorCategory.UNAVAILABLE);

  private IdempotencyErrors() {}
}
