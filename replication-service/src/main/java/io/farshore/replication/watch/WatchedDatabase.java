package io.farshore.replication.watch;

import io.farshore.replication.lag.Observation;

/** The region's copy of an application's database. Used by one thread. */
public interface WatchedDatabase extends AutoCloseable {
  /**
   * Looks once: leaves a heartbeat if the copy is the primary, reads the newest if it is not. Does
   * not throw for a database that does not answer; bounded in time.
   */
  Observation look();

  @Override
  void close();
}
