package io.farshore.vault;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;

/** Every way in which the vault refuses or fails. */
public final class VaultErrors {
  /** A key file that is missing, malformed, or readable by others. */
  public static final ErrorCode KEY_UNUSABLE =
      ErrorCode.permanent("vault-key-unusable", ErrorCategory.INVALID);

  /** The copy was written under another repository key. */
  public static final ErrorCode WRONG_KEY =
      ErrorCode.permanent("vault-wrong-key", ErrorCategory.REFUSED);

  /** A directory that is no repository, or one of a newer format. */
  public static final ErrorCode NOT_A_REPOSITORY =
      ErrorCode.permanent("vault-not-a-repository", ErrorCategory.INVALID);

  /** The copy's storage failed or does not answer. */
  public static final ErrorCode COPY_UNAVAILABLE =
      ErrorCode.retryable("vault-copy-unavailable", ErrorCategory.UNAVAILABLE);

  /** No room left in the copy's storage. */
  public static final ErrorCode COPY_FULL =
      ErrorCode.retryable("vault-copy-full", ErrorCategory.EXHAUSTED);

  /** Another writer is at work in the copy. */
  public static final ErrorCode COPY_LOCKED =
      ErrorCode.retryable("vault-copy-locked", ErrorCategory.CONFLICT);

  /** A required copy is incomplete; the message's context names it. */
  public static final ErrorCode COPY_FAILED =
      ErrorCode.retryable("vault-copy-failed", ErrorCategory.UNAVAILABLE);

  /** An object the repository should hold is not there. */
  public static final ErrorCode OBJECT_MISSING =
      ErrorCode.permanent("vault-object-missing", ErrorCategory.CORRUPT);

  /** A pack, chunk or manifest does not pass its checks. */
  public static final ErrorCode DAMAGED =
      ErrorCode.permanent("vault-damaged", ErrorCategory.CORRUPT);

  /** A manifest's signature is not by a signer this repository trusts. */
  public static final ErrorCode SIGNATURE_INVALID =
      ErrorCode.permanent("vault-signature-invalid", ErrorCategory.CORRUPT);

  /** A manifest names a path outside the directory it is restored to. */
  public static final ErrorCode PATH_REFUSED =
      ErrorCode.permanent("vault-path-refused", ErrorCategory.REFUSED);

  /** No copy holds a manifest of that recovery point. */
  public static final ErrorCode RECOVERY_POINT_UNKNOWN =
      ErrorCode.permanent("recovery-point-unknown", ErrorCategory.NOT_FOUND);

  /** The directory to restore to holds something already. */
  public static final ErrorCode TARGET_NOT_EMPTY =
      ErrorCode.permanent("restore-target-not-empty", ErrorCategory.CONFLICT);

  /** The directory to restore to cannot be written. */
  public static final ErrorCode TARGET_UNUSABLE =
      ErrorCode.retryable("restore-target-unusable", ErrorCategory.UNAVAILABLE);

  /** The disk to restore to is full. */
  public static final ErrorCode TARGET_FULL =
      ErrorCode.retryable("restore-target-full", ErrorCategory.EXHAUSTED);

  /** A file changed under the reader, or was written twice under one name. */
  public static final ErrorCode SOURCE_INVALID =
      ErrorCode.permanent("backup-source-invalid", ErrorCategory.INVALID);

  /** The thread was told to stop. */
  public static final ErrorCode INTERRUPTED =
      ErrorCode.retryable("vault-interrupted", ErrorCategory.UNAVAILABLE);

  private VaultErrors() {}
}
