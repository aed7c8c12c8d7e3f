package io.farshore.simulation.failover;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;

/**
 * One commit in a database's log.
 *
 * @param id unique in the world
 * @param timeline on which it was made
 * @param lsn where it ends
 */
record Commit(long id, Timeline timeline, Lsn lsn) {}
