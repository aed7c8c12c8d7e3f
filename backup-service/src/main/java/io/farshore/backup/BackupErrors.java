package io.farshore.backup;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Why the backup service refuses or fails, besides the errors of the vault and of PostgreSQL. */
public final class BackupErrors {
  /** No database of that application and component is configured here. */
  public static final ErrorCode COMPONENT_UNKNOWN =
      ErrorCode.permanent("component-unknown", ErrorCategory.NOT_FOUND);

  /** A run of the component is under way. */
  public static final ErrorCode RUN_IN_PROGRESS =
      ErrorCode.retryable("backup-run-in-progress", ErrorCategory.CONFLICT);

  public static final ErrorCode RUN_UNKNOWN =
      ErrorCode.permanent("backup-run-unknown", ErrorCategory.NOT_FOUND);

  /** The process ended while the run or restore was under way. */
  public static final ErrorCode INTERRUPTED =
      ErrorCode.retryable("interrupted-by-restart", ErrorCategory.UNAVAILABLE);

  /** The database keeps data outside its data directory. */
  public static final ErrorCode TABLESPACES_UNSUPPORTED =
      ErrorCode.permanent("tablespaces-unsupported", ErrorCategory.REFUSED);

  /** The source was promoted, or followed a promotion, while it was read. */
  public static final ErrorCode TIMELINE_CHANGED =
      ErrorCode.retryable("source-timeline-changed", ErrorCategory.CONFLICT);

  /** The log did not reach the position that makes the backup whole. */
  public static final ErrorCode LOG_INCOMPLETE =
      ErrorCode.retryable("source-log-incomplete", ErrorCategory.UNAVAILABLE);

  public static final ErrorCode RESTORE_UNKNOWN =
      ErrorCode.permanent("restore-unknown", ErrorCategory.NOT_FOUND);

  /** As many restores as are allowed at once are under way. */
  public static final ErrorCode RESTORES_BUSY =
      ErrorCode.retryable("restores-busy", ErrorCategory.CONFLICT);

  /** The directory is not below the restore root. */
  public static final ErrorCode DIRECTORY_REFUSED =
      ErrorCode.permanent("restore-directory-refused", ErrorCategory.INVALID);

  /** The position lies outside what the recovery point's log covers. */
  public static final ErrorCode TARGET_OUT_OF_RANGE =
      ErrorCode.permanent("restore-target-out-of-range", ErrorCategory.REFUSED);

  /** A field has not the form it must have. */
  public static final ErrorCode VALUE_INVALID =
      ErrorCode.permanent("value-invalid", ErrorCategory.INVALID);

  /** The journal on this machine's disk cannot be written. */
  public static final ErrorCode JOURNAL_UNWRITABLE =
      ErrorCode.retryable("journal-unwritable", ErrorCategory.UNAVAILABLE);

  /** A defect of ours; the log has the rest. */
  public static final ErrorCode DEFECT =
      ErrorCode.permanent("internal-error", ErrorCategory.INTERNAL);

  private BackupErrors() {}
}
