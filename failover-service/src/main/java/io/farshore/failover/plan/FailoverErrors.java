package io.farshore.failover.plan;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Why a move may be refused or given up. */
public final class FailoverErrors {
  public static final ErrorCode UNKNOWN_APPLICATION =
      ErrorCode.permanent("unknown-application", ErrorCategory.NOT_FOUND);
  public static final ErrorCode WRITER_NOT_A_REGION =
      ErrorCode.permanent("writer-not-a-region", ErrorCategory.CONFLICT);
  public static final ErrorCode UNKNOWN_EXECUTION =
      ErrorCode.permanent("unknown-execution", ErrorCategory.NOT_FOUND);
  public static final ErrorCode EXECUTION_UNDER_WAY =
      ErrorCode.retryable("execution-under-way", ErrorCategory.CONFLICT);
  public static final ErrorCode EXECUTION_NOT_HELD =
      ErrorCode.permanent("execution-not-held", ErrorCategory.CONFLICT);
  public static final ErrorCode STEP_NOT_CURRENT =
      ErrorCode.permanent("step-not-current", ErrorCategory.STALE);
  public static final ErrorCode WRITER_CHANGED =
      ErrorCode.retryable("writer-changed", ErrorCategory.STALE);
  public static final ErrorCode NEVER_WRITABLE =
      ErrorCode.retryable("never-writable", ErrorCategory.CONFLICT);
  public static final ErrorCode ALREADY_THERE =
      ErrorCode.permanent("already-there", ErrorCategory.CONFLICT);
  public static final ErrorCode NOT_A_REGION =
      ErrorCode.permanent("not-a-region", ErrorCategory.INVALID);
  public static final ErrorCode NO_CANDIDATE =
      ErrorCode.retryable("no-candidate", ErrorCategory.CONFLICT);
  public static final ErrorCode LOSS_BEYOND_OBJECTIVE =
      ErrorCode.retryable("loss-beyond-objective", ErrorCategory.REFUSED);
  public static final ErrorCode LOSS_UNKNOWN =
      ErrorCode.retryable("loss-unknown", ErrorCategory.REFUSED);
  public static final ErrorCode OLD_PRIMARY_NOT_FENCED =
      ErrorCode.retryable("old-primary-not-fenced", ErrorCategory.REFUSED);
  public static final ErrorCode TOO_MANY_FAILOVERS =
      ErrorCode.retryable("too-many-failovers", ErrorCategory.REFUSED);
  public static final ErrorCode REGION_CAME_BACK =
      ErrorCode.permanent("region-came-back", ErrorCategory.CONFLICT);
  public static final ErrorCode BUDGET_EXCEEDED =
      ErrorCode.retryable("step-budget-exceeded", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode ATTEMPTS_EXHAUSTED =
      ErrorCode.retryable("step-attempts-exhausted", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode STALE_TOKEN =
      ErrorCode.permanent("stale-fencing-token", ErrorCategory.STALE);
  public static final ErrorCode LEASE_NOT_AVAILABLE =
      ErrorCode.retryable("lease-not-available", ErrorCategory.CONFLICT);
  public static final ErrorCode GENERATION_CHANGED =
      ErrorCode.permanent("generation-changed", ErrorCategory.STALE);
  public static final ErrorCode PRECONDITION_NEEDED =
      ErrorCode.permanent("precondition-needed", ErrorCategory.PRECONDITION_REQUIRED);
  public static final ErrorCode NO_QUORUM =
      ErrorCode.retryable("no-quorum", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode TOO_MANY_APPLICATIONS =
      ErrorCode.permanent("too-many-applications", ErrorCategory.EXHAUSTED);

  private FailoverErrors() {}
}
