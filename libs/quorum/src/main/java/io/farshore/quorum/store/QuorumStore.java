package io.farshore.quorum.store;

import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.util.Optional;

/**
 * A member's durable state: MicroRaft's store, and the way back. Used by one thread at a time.
 *
 * <p>After any method failed, nothing may be concluded about what is durable, and the store must
 * not be used further.
 */
public interface QuorumStore extends RaftStore, AutoCloseable {
  /**
   * What was durable when the store was opened. Empty for a new member.
   *
   * @throws io.farshore.kernel.FarshoreException if it is damaged
   */
  Optional<RestoredRaftState> restored();

  /** Releases the store without flushing what was not flushed. Idempotent. */
  @Override
  void close();
}
