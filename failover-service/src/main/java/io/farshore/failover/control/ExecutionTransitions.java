package io.farshore.failover.control;

import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.Execution.Measured;
import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.control.ControlCommand.Begin;
import io.farshore.failover.control.ControlCommand.CompletePromotion;
import io.farshore.failover.control.ControlCommand.CompleteStep;
import io.farshore.failover.control.ControlCommand.FailStep;
import io.farshore.failover.control.ControlCommand.Fence;
import io.farshore.failover.control.ControlCommand.RetryStep;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionState.Completed;
import io.farshore.failover.execution.ExecutionState.Failed;
import io.farshore.failover.execution.ExecutionState.Held;
import io.farshore.failover.execution.ExecutionState.Running;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.execution.StepRecord;
import io.farshore.failover.execution.StepState;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseCommand;
import io.farshore.quorum.lease.LeaseOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The journal of executions. */
final class ExecutionTransitions {
  private ExecutionTransitions() {}

  static ControlOutcome begin(Draft draft, Begin command) {
    return draft.withApplication(
        command.application(),
        record -> {
          if (record.execution(command.request().id()).isPresent()) {
            return draft.accepted(command.application());
          }
          if (record.underWay().isPresent()) {
            return Draft.refused(FailoverErrors.EXECUTION_UNDER_WAY, Map.of());
          }
          if (!command.request().from().equals(record.writer().region())) {
            return Draft.refused(FailoverErrors.WRITER_CHANGED, Map.of());
          }
          ExecutionRecord begun =
              ExecutionRecord.begin(
                  command.request(), command.evidence(), command.by(), command.executor());
          draft.put(record.with(begun).with((Refusal) null));
          tell(
              draft,
              begun,
              EventTypes.EXECUTION_STARTED,
              Map.of("reason", begun.request().reason()));
          progress(draft, null, begun);
          return draft.accepted(command.application());
        });
  }

  static ControlOutcome fence(Draft draft, Fence command) {
    return change(
        draft,
        command.application(),
        command.execution(),
        (record, execution) -> {
          if (!isCurrent(execution, StepName.FENCE)) {
            return Optional.empty();
          }
          RegionId target = execution.request().to();
          LeaseOutcome outcome =
              draft.lease(
                  new LeaseCommand.Grant(
                      command.application(),
                      target,
                      record.spec().policy().leaseDuration(),
                      command.expectedRevision()));
          if (outcome instanceof LeaseOutcome.Refused) {
            return Optional.empty();
          }
          Lease lease = outcome.lease();
          LeaseTransitions.granted(draft, lease, "failover", execution.request().traceparent());
          return execution.fenced(
              lease.epoch(), command.loss(), command.detail(), command.at(), command.by());
        });
  }

  static ControlOutcome retry(Draft draft, RetryStep command) {
    return change(
        draft,
        command.application(),
        command.execution(),
        (record, execution) -> execution.retry(command.step(), command.at(), command.by()));
  }

  static ControlOutcome promoted(Draft draft, CompletePromotion command) {
    return change(
        draft,
        command.application(),
        command.execution(),
        (record, execution) -> {
          Lease lease = draft.lease(command.application());
          // Another epoch was granted meanwhile: what was promoted must not become the writer.
          if (!lease.isHeldBy(execution.request().to(), execution.epoch())) {
            return Optional.empty();
          }
          Optional<ExecutionRecord> next =
              execution.complete(StepName.PROMOTE, command.detail(), command.at(), command.by());
          if (next.isPresent()) {
            draft.put(
                record.with(
                    record
                        .writer()
                        .seen(
                            execution.request().to(),
                            command.position(),
                            command.at(),
                            lease.duration())
                        .forked(command.fork())));
          }
          return next;
        });
  }

  static ControlOutcome complete(Draft draft, CompleteStep command) {
    return change(
        draft,
        command.application(),
        command.execution(),
        (record, execution) ->
            // These two change more than the journal and have commands of their own.
            command.step() == StepName.FENCE || command.step() == StepName.PROMOTE
                ? Optional.empty()
                : execution.complete(command.step(), command.detail(), command.at(), command.by()));
  }

  static ControlOutcome fail(Draft draft, FailStep command) {
    return change(
        draft,
        command.application(),
        command.execution(),
        (record, execution) ->
            execution.fail(command.step(), command.code(), command.detail(), command.at()));
  }

  static ControlOutcome acknowledge(Draft draft, Acknowledge command) {
    return draft.withApplication(
        command.application(),
        record -> {
          Optional<ExecutionRecord> execution = record.execution(command.execution());
          if (execution.isEmpty()) {
            return Draft.refused(FailoverErrors.UNKNOWN_EXECUTION, Map.of());
          }
          Optional<ExecutionRecord> next = execution.get().acknowledge(command.at(), command.by());
          if (next.isEmpty()) {
            return Draft.refused(
                FailoverErrors.EXECUTION_NOT_HELD, Map.of("state", execution.get().state().word()));
          }
          tell(
              draft,
              next.get(),
              EventTypes.EXECUTION_ACKNOWLEDGED,
              Map.of("actor", command.subject()));
          draft.put(record.with(next.get()));
          progress(draft, execution.get(), next.get());
          return draft.accepted(command.application());
        });
  }

  private static ControlOutcome change(
      Draft draft,
      ApplicationId application,
      String id,
      BiFunction<ApplicationRecord, ExecutionRecord, Optional<ExecutionRecord>> change) {
    return draft.withApplication(
        application,
        record -> {
          Optional<ExecutionRecord> execution = record.execution(id);
          if (execution.isEmpty()) {
            return Draft.refused(FailoverErrors.UNKNOWN_EXECUTION, Map.of());
          }
          Optional<ExecutionRecord> next = change.apply(record, execution.get());
          if (next.isEmpty()) {
            return Draft.refused(FailoverErrors.STEP_NOT_CURRENT, Map.of());
          }
          // The change may have touched the record beside the execution.
          draft.put(draft.state().application(application).orElseThrow().with(next.get()));
          progress(draft, execution.get(), next.get());
          return draft.accepted(application);
        });
  }

  /** Tells of every step that ended, and of the execution when it is held or over. */
  private static void progress(
      Draft draft, @Nullable ExecutionRecord before, ExecutionRecord after) {
    for (StepRecord step : after.steps()) {
      boolean told = before != null && before.step(step.name()).state() == step.state();
      if (!told && step.state() == StepState.COMPLETED) {
        tell(draft, after, EventTypes.STEP_COMPLETED, stepData(step));
      } else if (!told && step.state() == StepState.FAILED) {
        tell(draft, after, EventTypes.STEP_FAILED, stepData(step));
      }
    }
    if (before != null && before.state().equals(after.state())) {
      return;
    }
    switch (after.state()) {
      case Running running -> {}
      case Held(StepName step) ->
          tell(draft, after, EventTypes.EXECUTION_HELD, Map.of("heldBefore", step.word()));
      case Completed completed ->
          tell(draft, after, EventTypes.EXECUTION_COMPLETED, measured(after));
      case Failed(StepName step, String code, var at) ->
          tell(
              draft, after, EventTypes.EXECUTION_FAILED, Map.of("step", step.word(), "code", code));
    }
  }

  private static Map<String, Object> stepData(StepRecord step) {
    Map<String, Object> data = new TreeMap<>(step.detail());
    data.put("step", step.name().word());
    data.put("attempts", (long) step.attempts());
    MemberId executor = step.executor();
    if (executor != null) {
      data.put("executor", executor.value());
    }
    return data;
  }

  private static Map<String, Object> measured(ExecutionRecord execution) {
    Map<String, Object> data = new TreeMap<>();
    Measurement.of(execution)
        .ifPresent(
            (Measured measured) -> {
              data.put("achievedRecoveryTime", measured.achievedRecoveryTime().toString());
              if (measured.lossDurationMax() != null && measured.lossBytesMax() != null) {
                data.put("lossDurationMax", measured.lossDurationMax().toString());
                data.put("lossBytesMax", measured.lossBytesMax());
              }
            });
    return data;
  }

  private static void tell(
      Draft draft, ExecutionRecord execution, String type, Map<String, ?> particulars) {
    Map<String, Object> data = new TreeMap<>(particulars);
    data.put("application", execution.request().application().value());
    data.put("executionId", execution.request().id());
    data.put("kind", execution.request().kind().word());
    data.put("from", execution.request().from().value());
    data.put("to", execution.request().to().value());
    data.put("trigger", execution.request().trigger());
    data.putIfAbsent("actor", execution.request().trigger());
    data.put("epoch", execution.epoch().value());
    draft.tell(type, execution.request().application(), execution.request().traceparent(), data);
  }

  private static boolean isCurrent(ExecutionRecord execution, StepName step) {
    return execution.current().filter(step::equals).isPresent();
  }
}
