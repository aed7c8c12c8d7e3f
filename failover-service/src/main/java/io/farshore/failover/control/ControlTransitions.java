package io.farshore.failover.control;

import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.control.ControlCommand.Begin;
import io.farshore.failover.control.ControlCommand.CompletePromotion;
import io.farshore.failover.control.ControlCommand.CompleteStep;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.control.ControlCommand.FailStep;
import io.farshore.failover.control.ControlCommand.Fence;
import io.farshore.failover.control.ControlCommand.RecordRefusal;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.RenewLease;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.control.ControlCommand.RetryStep;
import io.farshore.failover.control.ControlCommand.TakeLease;

/** What each command does to the agreed state. Pure and deterministic. */
public final class ControlTransitions {
  private ControlTransitions() {}

  /** The state that follows, and the answer to the proposer. */
  public record Applied(ControlState state, ControlOutcome outcome) {}

  /** Applies one command. */
  public static Applied apply(ControlState state, long index, ControlCommand command) {
    Draft draft = new Draft(state.at(index), index, command.at());
    ControlOutcome outcome =
        switch (command) {
          case Declare declare -> CatalogueTransitions.declare(draft, declare);
          case TakeLease take -> LeaseTransitions.take(draft, take);
          case RenewLease renew -> LeaseTransitions.renew(draft, renew);
          case ReleaseLease release -> LeaseTransitions.release(draft, release);
          case Begin begin -> ExecutionTransitions.begin(draft, begin);
          case Fence fence -> ExecutionTransitions.fence(draft, fence);
          case RetryStep retry -> ExecutionTransitions.retry(draft, retry);
          case CompletePromotion done -> ExecutionTransitions.promoted(draft, done);
          case CompleteStep done -> ExecutionTransitions.complete(draft, done);
          case FailStep failed -> ExecutionTransitions.fail(draft, failed);
          case Acknowledge acknowledge -> ExecutionTransitions.acknowledge(draft, acknowledge);
          case ReportRegion report -> CatalogueTransitions.report(draft, report);
          case RecordRefusal refusal -> CatalogueTransitions.refusal(draft, refusal);
        };
    ControlState next = draft.state();
    return new Applied(next.with(RouteDeriver.derive(next, index)), outcome);
  }
}
