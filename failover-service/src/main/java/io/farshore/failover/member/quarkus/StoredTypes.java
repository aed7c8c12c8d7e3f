package io.farshore.failover.member.quarkus;

import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.failover.RoutingTable;
import io.farshore.failover.application.Component;
import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.application.Objectives;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.DomainEvent;
import io.farshore.failover.control.Fork;
import io.farshore.failover.control.PublishedRoutes;
import io.farshore.failover.control.Refusal;
import io.farshore.failover.control.RegionCondition;
import io.farshore.failover.control.WriterRecord;
import io.farshore.failover.evidence.Endpoint;
import io.farshore.failover.evidence.MemberReport;
import io.farshore.failover.evidence.Observation;
import io.farshore.failover.evidence.ObserverReport;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.execution.StepRecord;
import io.farshore.failover.member.GuardOrders;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.PlanStep;
import io.farshore.failover.plan.PositionHistory;
import io.farshore.failover.plan.PositionSample;
import io.farshore.failover.plan.RecoveryPlan;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.quorum.lease.Lease;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is stored and sent as JSON outside of the API, named for native executables. */
@RegisterForReflection(
    targets = {
      ApplicationRecord.class,
      Component.class,
      ControlCommand.Acknowledge.class,
      ControlCommand.Begin.class,
      ControlCommand.CompletePromotion.class,
      ControlCommand.CompleteStep.class,
      ControlCommand.Declare.class,
      ControlCommand.FailStep.class,
      ControlCommand.Fence.class,
      ControlCommand.RecordRefusal.class,
      ControlCommand.ReleaseLease.class,
      ControlCommand.RenewLease.class,
      ControlCommand.ReportRegion.class,
      ControlCommand.RetryStep.class,
      ControlCommand.TakeLease.class,
      ControlCommand.class,
      ControlOutcome.Accepted.class,
      ControlOutcome.Refused.class,
      ControlOutcome.class,
      DatabaseReport.class,
      DomainEvent.class,
      Endpoint.class,
      ErrorCode.class,
      ExecutionRecord.class,
      ExecutionRequest.class,
      ExecutionState.Completed.class,
      ExecutionState.Failed.class,
      ExecutionState.Held.class,
      ExecutionState.Running.class,
      ExecutionState.class,
      FailoverPolicy.class,
      FencingToken.class,
      Fork.class,
      GuardOrders.Done.class,
      GuardOrders.Promote.class,
      GuardOrders.Promoted.class,
      GuardOrders.Verify.class,
      GuardOrders.Yield.class,
      Lease.class,
      LossBound.class,
      MemberReport.class,
      Objectives.class,
      Observation.class,
      ObserverReport.class,
      PlanStep.class,
      PositionHistory.class,
      PositionSample.class,
      ProtectedApplication.class,
      PublishedRoutes.class,
      RecoveryPlan.class,
      Refusal.class,
      RegionCondition.class,
      RegionStatus.Divergence.class,
      ReplicationPosition.class,
      RoutingTable.ApplicationRoute.class,
      RoutingTable.RegionRoute.class,
      StepRecord.class,
      WriterRecord.class
    },
    classNames = "io.farshore.failover.control.StoredState")
public final class StoredTypes {
  private StoredTypes() {}
}
