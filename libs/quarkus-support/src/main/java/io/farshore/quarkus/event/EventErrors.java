package io.farshore.quarkus.event;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Why an event could not be stored. */
public final class EventErrors {
  /** The broker was away for so long that the outbox's limit is reached. */
  public static final ErrorCode OUTBOX_FULL =
      ErrorCode.retryable("outbox-full", ErrorCategory.EXHAUSTED);

  public static final ErrorCode OUTBOX_UNWRITABLE =
      ErrorCode.retryable("outbox-unwritable", ErrorCategory.UNAVAILABLE);

  public static final ErrorCode OUTBOX_UNREADABLE =
      ErrorCode.retryable("outbox-unreadable", ErrorCategory.UNAVAILABLE);

  /** What is stored fails its checksums where a crash cannot explain it. */
  public static final ErrorCode OUTBOX_CORRUPT =
      ErrorCode.permanent("outbox-corrupt", ErrorCategory.CORRUPT);

  public static final ErrorCode EVENT_TOO_LARGE =
      ErrorCode.permanent("event-too-large", ErrorCategory.TOO_LARGE);

  private EventErrors() {}
}
