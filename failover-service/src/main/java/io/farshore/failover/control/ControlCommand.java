package io.farshore.failover.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.plan.PositionSample;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of the quorum. Commands carry the proposer's wall clock, because
 * applying one must read none. All are compare-and-set or safe to apply twice, so that one whose
 * outcome was not learned can be proposed again.
 *
 * <p>The names below are the stored form: never rename one; give a changed meaning a new name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ControlCommand.Declare.class, name = "declare.v1"),
  @JsonSubTypes.Type(value = ControlCommand.TakeLease.class, name = "take-lease.v1"),
  @JsonSubTypes.Type(value = ControlCommand.RenewLease.class, name = "renew-lease.v1"),
  @JsonSubTypes.Type(value = ControlCommand.ReleaseLease.class, name = "release-lease.v1"),
  @JsonSubTypes.Type(value = ControlCommand.Begin.class, name = "begin.v1"),
  @JsonSubTypes.Type(value = ControlCommand.Fence.class, name = "fence.v1"),
  @JsonSubTypes.Type(value = ControlCommand.RetryStep.class, name = "retry-step.v1"),
  @JsonSubTypes.Type(
      value = ControlCommand.CompletePromotion.class,
      name = "complete-promotion.v1"),
  @JsonSubTypes.Type(value = ControlCommand.CompleteStep.class, name = "complete-step.v1"),
  @JsonSubTypes.Type(value = ControlCommand.FailStep.class, name = "fail-step.v1"),
  @JsonSubTypes.Type(value = ControlCommand.Acknowledge.class, name = "acknowledge.v1"),
  @JsonSubTypes.Type(value = ControlCommand.ReportRegion.class, name = "report-region.v1"),
  @JsonSubTypes.Type(value = ControlCommand.RecordRefusal.class, name = "record-refusal.v1")
})
public sealed interface ControlCommand {
  ApplicationId application();

  /** The proposer's wall clock. */
  Instant at();

  /** The proposer. */
  MemberId by();

  /**
   * Declares an application, or changes its declaration.
   *
   * @param spec what was declared
   * @param expectedGeneration the generation the author saw; absent when none was named
   * @param subject the author
   */
  record Declare(
      ApplicationId application,
      ProtectedApplication spec,
      @Nullable Long expectedGeneration,
      String subject,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /**
   * A region asks for the right to write, outside of any execution: the home region the first time,
   * afterwards only the region whose history is the one to follow.
   *
   * @param expectedRevision the lease's revision that was seen to have ended
   */
  record TakeLease(
      ApplicationId application,
      RegionId region,
      PositionSample position,
      long expectedRevision,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /**
   * The holder goes on.
   *
   * @param position where its database is; absent while it is not a primary
   */
  record RenewLease(
      ApplicationId application,
      RegionId region,
      Epoch epoch,
      @Nullable PositionSample position,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /**
   * The holder stops; it has stopped writing before it says so.
   *
   * @param reason why, for the record
   * @param position where its database ended; absent if it does not answer
   */
  record ReleaseLease(
      ApplicationId application,
      RegionId region,
      Epoch epoch,
      String reason,
      @Nullable PositionSample position,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /**
   * Begins an execution. The same id again has no effect.
   *
   * @param executor who goes on with it; absent: whoever leads
   */
  record Begin(
      ExecutionRequest request,
      Map<String, String> evidence,
      MemberId by,
      @Nullable MemberId executor)
      implements ControlCommand {
    @Override
    public ApplicationId application() {
      return request.application();
    }

    @Override
    public Instant at() {
      return request.decidedAt();
    }
  }

  /**
   * The region left can surely not write: grants the next epoch to the execution's target.
   *
   * @param expectedRevision the lease's revision that was seen to have ended
   * @param loss what can be lost at most; absent if it could not be bounded and that was accepted
   */
  record Fence(
      ApplicationId application,
      String execution,
      long expectedRevision,
      @Nullable LossBound loss,
      Map<String, String> detail,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /** Begins the current step once more, by another executor or after a failure. */
  record RetryStep(
      ApplicationId application, String execution, StepName step, Instant at, MemberId by)
      implements ControlCommand {}

  /**
   * The target is a primary now.
   *
   * @param fork where its history left the old one
   * @param position where it is
   */
  record CompletePromotion(
      ApplicationId application,
      String execution,
      Fork fork,
      PositionSample position,
      Map<String, String> detail,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /** The current step is done; not for steps that have a command of their own. */
  record CompleteStep(
      ApplicationId application,
      String execution,
      StepName step,
      Map<String, String> detail,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /** The current step is given up, and with it the execution. */
  record FailStep(
      ApplicationId application,
      String execution,
      StepName step,
      String code,
      Map<String, String> detail,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /** A person lets a held execution go on. */
  record Acknowledge(
      ApplicationId application, String execution, String subject, Instant at, MemberId by)
      implements ControlCommand {}

  /**
   * A region's guard says that it fenced its database, or that it no longer is.
   *
   * @param fencedSince absent: not fenced
   * @param divergence what the fenced database has that the new primary has not, if known
   */
  record ReportRegion(
      ApplicationId application,
      RegionId region,
      @Nullable Instant fencedSince,
      RegionStatus.@Nullable Divergence divergence,
      Instant at,
      MemberId by)
      implements ControlCommand {}

  /** The application should move, and a person has to decide. */
  record RecordRefusal(
      ApplicationId application, String code, Map<String, String> context, Instant at, MemberId by)
      implements ControlCommand {}
}
