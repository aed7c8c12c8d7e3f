package io.farshore.failover.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;

/**
 * Remembers durably the newest epoch under which this region acted, so that an older order that
 * arrives late is refused even after a restart. Implementations are thread-safe.
 */
public interface EpochMemory {
  /** {@link Epoch#NONE} if this region never acted. */
  Epoch newest(ApplicationId application);

  /**
   * Remembers an epoch before acting under it; when this returns, it survives a crash.
   *
   * @return whether it may be acted under: it is not older than the newest
   */
  boolean admit(ApplicationId application, Epoch epoch);
}
