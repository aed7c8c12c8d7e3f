package io.farshore.tlog;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Every way in which using a log can fail. */
public final class TlogErrors {
  /** What lies in the directory disagrees with the checkpoint that was signed over it. */
  public static final ErrorCode LOG_DAMAGED =
      ErrorCode.permanent("log-damaged", ErrorCategory.CORRUPT);

  /** A checkpoint is not signed, or wrongly signed, by the key it is checked with. */
  public static final ErrorCode CHECKPOINT_UNTRUSTED =
      ErrorCode.permanent("checkpoint-untrusted", ErrorCategory.CORRUPT);

  /** Another process or object writes to the directory. */
  public static final ErrorCode LOG_LOCKED =
      ErrorCode.retryable("log-locked", ErrorCategory.CONFLICT);

  /** The log was begun under another name or key. */
  public static final ErrorCode LOG_KEY_MISMATCH =
      ErrorCode.permanent("log-key-mismatch", ErrorCategory.CONFLICT);

  /** A disk operation failed; nothing is accepted until the log is opened again. */
  public static final ErrorCode LOG_STORAGE_FAILED =
      ErrorCode.retryable("log-storage-failed", ErrorCategory.UNAVAILABLE);

  /** More is waiting to be written than the writer accepts. */
  public static final ErrorCode LOG_BUSY =
      ErrorCode.retryable("log-busy", ErrorCategory.UNAVAILABLE);

  /** The writer was closed. */
  public static final ErrorCode LOG_CLOSED =
      ErrorCode.retryable("log-closed", ErrorCategory.UNAVAILABLE);

  public static final ErrorCode ENTRY_TOO_LARGE =
      ErrorCode.permanent("log-entry-too-large", ErrorCategory.TOO_LARGE);

  /** A key, note, checkpoint, proof or tile path is not in its documented form. */
  public static final ErrorCode MALFORMED =
      ErrorCode.permanent("log-format-malformed", ErrorCategory.INVALID);

  /** A key file is missing, unreadable, open to others, or holds something else. */
  public static final ErrorCode KEY_FILE_UNUSABLE =
      ErrorCode.permanent("key-file-unusable", ErrorCategory.INVALID);

  private TlogErrors() {}
}
