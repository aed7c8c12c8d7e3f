package io.farshore.failover.control;

import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.application.ApplicationSpecs;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.control.ControlCommand.RecordRefusal;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Declarations, and what is reported of regions. */
final class CatalogueTransitions {
  /** Each has a guard, a lease and a journal; more belong in a second quorum. */
  static final int APPLICATIONS_MAX = 200;

  private CatalogueTransitions() {}

  static ControlOutcome declare(Draft draft, Declare command) {
    Optional<ApplicationRecord> known = draft.state().application(command.application());
    Long expected = command.expectedGeneration();
    long present = known.map(ApplicationRecord::generation).orElse(0L);
    if (known.isPresent() && known.get().spec().equals(command.spec())) {
      // The same declaration again, perhaps because its answer was lost.
      return expected == null || expected == present || expected == present - 1
          ? draft.accepted(command.application())
          : changed(present);
    }
    if (expected == null && known.isPresent()) {
      return Draft.refused(
          FailoverErrors.PRECONDITION_NEEDED, Map.of("generation", Long.toString(present)));
    }
    if (expected != null && expected != present) {
      return changed(present);
    }
    if (known.isEmpty() && draft.state().applications().size() >= APPLICATIONS_MAX) {
      return Draft.refused(
          FailoverErrors.TOO_MANY_APPLICATIONS, Map.of("max", Integer.toString(APPLICATIONS_MAX)));
    }
    if (known.flatMap(ApplicationRecord::underWay).isPresent()) {
      return Draft.refused(FailoverErrors.EXECUTION_UNDER_WAY, Map.of());
    }
    RegionId writer = known.map(record -> record.writer().region()).orElse(null);
    if (writer != null && !command.spec().regions().contains(writer)) {
      return Draft.refused(FailoverErrors.WRITER_NOT_A_REGION, Map.of("region", writer.value()));
    }
    ApplicationRecord next =
        known
            .map(record -> record.respecified(command.spec()))
            .orElseGet(() -> ApplicationRecord.declared(command.spec()));
    draft.put(next);
    draft.tell(
        EventTypes.APPLICATION_DECLARED,
        command.application(),
        null,
        Map.of(
            "application", command.application().value(),
            "generation", next.generation(),
            "actor", command.subject(),
            "tier", next.spec().tier().word(),
            "regions",
                ApplicationSpecs.of(next.spec()).regions().stream()
                    .map(region -> region.name())
                    .toList()));
    return draft.accepted(command.application());
  }

  static ControlOutcome report(Draft draft, ReportRegion command) {
    return draft.withApplication(
        command.application(),
        record -> {
          RegionCondition condition =
              new RegionCondition(command.region(), command.fencedSince(), command.divergence());
          RegionCondition before =
              record
                  .region(command.region())
                  .orElseGet(() -> new RegionCondition(command.region(), null, null));
          if (condition.equals(before)) {
            return draft.accepted(command.application());
          }
          draft.put(record.with(condition));
          if (condition.fencedSince() != null && before.fencedSince() == null) {
            draft.tell(
                EventTypes.REGION_FENCED,
                command.application(),
                null,
                Map.of(
                    "application", command.application().value(),
                    "region", command.region().value(),
                    "epoch", draft.lease(command.application()).epoch().value()));
          }
          Divergence found = condition.divergence();
          if (found != null && !found.equals(before.divergence())) {
            diverged(draft, command, found);
          }
          return draft.accepted(command.application());
        });
  }

  private static void diverged(Draft draft, ReportRegion command, Divergence found) {
    Map<String, Object> data = new TreeMap<>();
    data.put("application", command.application().value());
    data.put("region", command.region().value());
    data.put("forkLsn", found.forkLsn());
    data.put("endLsn", found.endLsn());
    data.put("bytes", found.bytes());
    if (found.transactions() != null) {
      data.put("transactions", found.transactions());
    }
    draft.tell(EventTypes.DIVERGENCE_FOUND, command.application(), null, data);
    ApplicationRecord record = draft.state().application(command.application()).orElseThrow();
    record.executions().reversed().stream()
        .filter(execution -> execution.request().from().equals(command.region()))
        .findFirst()
        .flatMap(execution -> measured(execution, found))
        .ifPresent(execution -> draft.put(record.with(execution)));
  }

  /** The old region's tail has been read: the bound of the bytes lost becomes exact. */
  private static Optional<ExecutionRecord> measured(ExecutionRecord execution, Divergence found) {
    LossBound bound = execution.loss();
    if (bound == null || bound.exact()) {
      return Optional.empty();
    }
    Long commits = found.transactions();
    // A tail without a commit is background work of the server: nobody lost anything.
    Duration duration = commits != null && commits == 0 ? Duration.ZERO : bound.duration();
    return Optional.of(execution.withLoss(new LossBound(duration, found.bytes(), true)));
  }

  static ControlOutcome refusal(Draft draft, RecordRefusal command) {
    return draft.withApplication(
        command.application(),
        record -> {
          Refusal known = record.refusal();
          if (known == null
              || !known.code().equals(command.code())
              || !known.context().equals(command.context())) {
            draft.put(record.with(new Refusal(command.code(), command.context(), command.at())));
          }
          if (known == null || !known.code().equals(command.code())) {
            Map<String, Object> data = new TreeMap<>(command.context());
            data.put("application", command.application().value());
            data.put("code", command.code());
            draft.tell(EventTypes.EXECUTION_REFUSED, command.application(), null, data);
          }
          return draft.accepted(command.application());
        });
  }

  private static ControlOutcome changed(long present) {
    return Draft.refused(
        FailoverErrors.GENERATION_CHANGED, Map.of("generation", Long.toString(present)));
  }
}
