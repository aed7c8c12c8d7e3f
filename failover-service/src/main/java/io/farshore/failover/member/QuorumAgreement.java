package io.farshore.failover.member;

import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.ControlStateMachine;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.Quorum;
import java.util.concurrent.CompletionStage;

/** {@link Agreement} over a {@link Quorum}. Thread-safe. */
public final class QuorumAgreement implements Agreement {
  private final Quorum quorum;
  private final ControlStateMachine machine;
  private final ControlJson json;
  private final Scheduler loop;

  public QuorumAgreement(
      Quorum quorum, ControlStateMachine machine, ControlJson json, Scheduler loop) {
    this.quorum = quorum;
    this.machine = machine;
    this.json = json;
    this.loop = loop;
  }

  @Override
  public ControlState state() {
    return machine.state();
  }

  @Override
  public CompletionStage<ControlOutcome> propose(ControlCommand command) {
    return Loops.hop(
        quorum
            .propose(json.write(command))
            .thenApply(answer -> json.read(answer, ControlOutcome.class)),
        loop);
  }
}
