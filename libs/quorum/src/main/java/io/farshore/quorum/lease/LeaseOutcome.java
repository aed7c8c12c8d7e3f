package io.farshore.quorum.lease;

/** The answer to a {@link LeaseCommand}: the lease as it now is, and whether it changed. */
public sealed interface LeaseOutcome {
  /** The lease after the command. */
  Lease lease();

  /** The command took effect. */
  record Changed(Lease lease) implements LeaseOutcome {}

  /** The command had no effect. */
  record Refused(Lease lease, Reason reason) implements LeaseOutcome {}

  /** Why a command had no effect. */
  enum Reason {
    /** The lease was granted, renewed or released since the asker looked. */
    REVISION_CHANGED,
    /** The asker does not hold the lease, or not under this epoch. */
    NOT_THE_HOLDER
  }
}
