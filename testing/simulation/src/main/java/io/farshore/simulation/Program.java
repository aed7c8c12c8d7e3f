package io.farshore.simulation;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.StateMachine;
import java.util.Random;

/**
 * What runs in one member's process, from its start to its death; a restarted member runs a new
 * one. Everything it does happens on the member's thread.
 *
 * <p>This is the seam for decision cores: bring the state machine the quorum is to agree on, and
 * start what watches, decides and executes. What outlives a process (databases, disks of one's own)
 * belongs to the world's owner and is handed to the programs by their {@link Factory}.
 */
public interface Program {
  /** What the quorum agrees on. Called once, before {@link #start}. */
  StateMachine machine();

  /** Begins. The quorum may have no leader yet. */
  void start(Quorum quorum);

  /** Makes the program of a process that is about to start. */
  interface Factory {
    Program create(Environment environment);
  }

  /**
   * What a process finds around itself.
   *
   * @param self its member
   * @param clock its own, drifting
   * @param scheduler its own thread; delays are measured by its clock
   * @param random of this run
   */
  record Environment(MemberId self, MonotonicClock clock, Scheduler scheduler, Random random) {}
}
