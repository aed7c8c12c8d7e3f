package io.farshore.failover.member;

import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.ControlState;
import java.util.concurrent.CompletionStage;

/** What a member needs of the quorum's state: to read its own copy and to propose changes. */
public interface Agreement {
  /** This member's copy; may lag behind what was agreed on. */
  ControlState state();

  /**
   * Proposes a command. Fails if the quorum is lost, or if the outcome is not known in time.
   * Completes on the member's loop.
   */
  CompletionStage<ControlOutcome> propose(ControlCommand command);
}
