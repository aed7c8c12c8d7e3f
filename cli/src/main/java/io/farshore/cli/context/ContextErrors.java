package io.farshore.cli.context;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** What can be wrong with the context file. */
public final class ContextErrors {
  public static final ErrorCode CONTEXT_MISSING =
      ErrorCode.permanent("context-missing", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode CONTEXT_UNREADABLE =
      ErrorCode.permanent("context-unreadable", ErrorCategory.INVALID);
  public static final ErrorCode TOKEN_MISSING =
      ErrorCode.permanent("token-missing", ErrorCategory.UNAUTHENTICATED);
  public static final ErrorCode ENDPOINT_MISSING =
      ErrorCode.permanent("endpoint-missing", ErrorCategory.INVALID);
  public static final ErrorCode APPLICATION_MISSING =
      ErrorCode.permanent("application-missing", ErrorCategory.INVALID);

  private ContextErrors() {}
}
