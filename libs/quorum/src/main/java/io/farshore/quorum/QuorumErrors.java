package io.farshore.quorum;

import static io.farshore.kernel.ErrorCategory.CONFLICT;
import static io.farshore.kernel.ErrorCategory.CORRUPT;
import static io.farshore.kernel.ErrorCategory.EXHAUSTED;
import static io.farshore.kernel.ErrorCategory.INTERNAL;
import static io.farshore.kernel.ErrorCategory.TOO_LARGE;
import static io.farshore.kernel.ErrorCategory.UNAVAILABLE;

import io.farshore.kernel.ErrorCode;

/** Every way in which the quorum fails. */
public final class QuorumErrors {
  /** No majority, no leader, or the leader refused for now. The command was not accepted. */
  public static final ErrorCode QUORUM_LOST = ErrorCode.retryable("quorum-lost", UNAVAILABLE);

  /** The command was handed to a leader that did not answer: applied, lost, or still to come. */
  public static final ErrorCode OUTCOME_UNKNOWN =
      ErrorCode.permanent("outcome-unknown", UNAVAILABLE);

  /** A command, message or topic passes its limit. */
  public static final ErrorCode MESSAGE_TOO_LARGE =
      ErrorCode.permanent("quorum-message-too-large", TOO_LARGE);

  /** The member asked did not answer in time. */
  public static final ErrorCode CALL_TIMED_OUT =
      ErrorCode.retryable("member-call-timed-out", UNAVAILABLE);

  /** The member asked failed, or serves no such topic. */
  public static final ErrorCode CALL_REFUSED =
      ErrorCode.permanent("member-call-refused", UNAVAILABLE);

  /** Too many proposals or calls of this member are waiting for an answer. */
  public static final ErrorCode TOO_MANY_WAITING =
      ErrorCode.retryable("quorum-too-many-waiting", EXHAUSTED);

  /** This member was closed, or stopped because of a fault that its status names. */
  public static final ErrorCode MEMBER_STOPPED =
      ErrorCode.permanent("quorum-member-stopped", UNAVAILABLE);

  /** Not a member of this quorum. */
  public static final ErrorCode UNKNOWN_MEMBER =
      ErrorCode.permanent("quorum-unknown-member", CONFLICT);

  /** The directory holds the log of another member or of another group. */
  public static final ErrorCode STORE_BELONGS_TO_ANOTHER =
      ErrorCode.permanent("quorum-store-belongs-to-another", CONFLICT);

  /** Another process has the directory open. */
  public static final ErrorCode STORE_IN_USE = ErrorCode.retryable("quorum-store-in-use", CONFLICT);

  /** The stored log is damaged where it had been durable; refused rather than guessed. */
  public static final ErrorCode STORE_CORRUPT =
      ErrorCode.permanent("quorum-store-corrupt", CORRUPT);

  /** Written in a format this version does not know. */
  public static final ErrorCode STORE_FORMAT_UNKNOWN =
      ErrorCode.permanent("quorum-store-format-unknown", CORRUPT);

  /** Reading or writing the directory failed: disk full, permissions, device error. */
  public static final ErrorCode STORE_FAILED =
      ErrorCode.retryable("quorum-store-failed", EXHAUSTED);

  /** The listening address cannot be bound. */
  public static final ErrorCode LISTEN_FAILED =
      ErrorCode.retryable("quorum-listen-failed", UNAVAILABLE);

  /** The state machine threw: a defect. The member stops rather than disagree. */
  public static final ErrorCode STATE_MACHINE_FAILED =
      ErrorCode.permanent("quorum-state-machine-failed", INTERNAL);

  private QuorumErrors() {}
}
