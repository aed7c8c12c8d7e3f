package io.farshore.quarkus.problem;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Refusals that happen before a service's own code is reached, the same in every service. */
public final class ProblemErrors {
  public static final ErrorCode BODY_NOT_JSON =
      ErrorCode.permanent("body-not-json", ErrorCategory.INVALID);
  public static final ErrorCode BODY_INVALID =
      ErrorCode.permanent("body-invalid", ErrorCategory.INVALID);
  public static final ErrorCode BODY_TOO_LARGE =
      ErrorCode.permanent("body-too-large", ErrorCategory.TOO_LARGE);
  public static final ErrorCode VALUE_INVALID =
      ErrorCode.permanent("value-invalid", ErrorCategory.INVALID);
  public static final ErrorCode REQUEST_INVALID =
      ErrorCode.permanent("request-invalid", ErrorCategory.INVALID);
  public static final ErrorCode PATH_UNKNOWN =
      ErrorCode.permanent("path-unknown", ErrorCategory.NOT_FOUND);
  public static final ErrorCode METHOD_NOT_ALLOWED =
      ErrorCode.permanent("method-not-allowed", ErrorCategory.INVALID);
  public static final ErrorCode MEDIA_TYPE_UNSUPPORTED =
      ErrorCode.permanent("media-type-unsupported", ErrorCategory.INVALID);
  public static final ErrorCode NOT_ACCEPTABLE =
      ErrorCode.permanent("not-acceptable", ErrorCategory.INVALID);
  public static final ErrorCode TOKEN_MISSING =
      ErrorCode.permanent("token-missing", ErrorCategory.UNAUTHENTICATED);
  public static final ErrorCode TOKEN_INVALID =
      ErrorCode.permanent("token-invalid", ErrorCategory.UNAUTHENTICATED);
  public static final ErrorCode ROLE_MISSING =
      ErrorCode.permanent("role-missing", ErrorCategory.FORBIDDEN);
  public static final ErrorCode INTERNAL =
      ErrorCode.permanent("internal-error", ErrorCategory.INTERNAL);

  private ProblemErrors() {}
}
