package io.farshore.quorum;

/**
 * What the quorum agrees on. Every member holds one and feeds it the same commands in the same
 * order, so it must be deterministic: no clock, no randomness, no I/O, no iteration over unordered
 * collections. Called by one thread at a time, the member's Raft thread; it must be quick and must
 * not wait for the {@link Quorum} it belongs to.
 */
public interface StateMachine {
  /**
   * Applies one committed command.
   *
   * <p>A command may be applied again after a restart, always from the state of an earlier snapshot
   * and in the same order. A command the machine refuses is answered with a refusal in its own
   * terms; an exception is a defect: it stops this member, because it could no longer agree with
   * the others.
   *
   * @param index position in the log; rises, not without gaps
   * @param command as proposed
   * @return the answer to the proposer; the same on every member
   */
  byte[] apply(long index, byte[] command);

  /** The whole state, in a form that is equal on every member at an equal index. */
  byte[] snapshot();

  /**
   * Replaces the whole state.
   *
   * @param index the last position the snapshot covers
   * @param snapshot what {@link #snapshot()} gave, possibly on another member
   */
  void restore(long index, byte[] snapshot);
}
