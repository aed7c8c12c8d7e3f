package io.farshore.quorum.raft;

import io.farshore.kernel.Scheduler;
import io.microraft.executor.RaftNodeExecutor;

/**
 * One member's thread: Raft's tasks, time-outs and handlers, one at a time and in order. A port, so
 * that a simulation can own the order of things.
 *
 * <p>{@link #execute} runs at once when called on the member's own thread, else later; {@link
 * #submit} always later. A task that throws is reported and does not stop the others.
 */
public interface MemberExecutor extends RaftNodeExecutor, Scheduler, AutoCloseable {
  /** Drops what has not begun. Idempotent. */
  @Override
  void close();
}
