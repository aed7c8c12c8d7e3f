package io.farshore.gateway.table;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** What can go wrong with the table on disk. */
public final class TableErrors {
  public static final ErrorCode DAMAGED =
      ErrorCode.permanent("table-damaged", ErrorCategory.CORRUPT);
  public static final ErrorCode UNREADABLE =
      ErrorCode.retryable("table-unreadable", ErrorCategory.UNAVAILABLE);
  public static final ErrorCode UNWRITABLE =
      ErrorCode.retryable("table-unwritable", ErrorCategory.EXHAUSTED);

  private TableErrors() {}
}
