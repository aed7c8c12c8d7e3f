package io.farshore.client;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** What can go wrong on the way to a service. A service's own refusals keep their own codes. */
public final class ClientErrors {
  public static final ErrorCode UNREACHABLE =
      ErrorCode.retryable("service-unreachable", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode TIMED_OUT =
      ErrorCode.retryable("service-timed-out", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode UNREADABLE =
      ErrorCode.permanent("answer-unreadable", ErrorCategory.INTERNAL);

  private ClientErrors() {}
}
