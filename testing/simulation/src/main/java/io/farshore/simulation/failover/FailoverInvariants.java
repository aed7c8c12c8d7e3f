package io.farshore.simulation.failover;

import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.LossBound;
import io.farshore.kernel.RegionId;
import io.farshore.simulation.Invariant;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.SimulatedWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * At most one region may have commits confirmed at any true time; no commit is confirmed under a
 * superseded epoch; an execution that is over stays as it ended; a switchover loses nothing, and
 * what a failover loses is within the bound that was journaled before it.
 */
final class FailoverInvariants implements Invariant {
  private final FailoverWorld failover;
  private final Map<String, ExecutionState> ended = new HashMap<>();
  private long seenIndex = -1;

  FailoverInvariants(FailoverWorld failover) {
    this.failover = failover;
  }

  @Override
  public void check(SimulatedWorld world) {
    failover.ledger().check();
    List<RegionId> writers =
        failover
            .programs()
            .filter(FailoverProgram::mayConfirm)
            .map(program -> program.held().orElseThrow().holder())
            .toList();
    if (writers.size() > 1) {
      throw new InvariantBrokenException("two regions may write at once: " + writers);
    }
    long newest = failover.programs().mapToLong(one -> one.state().index()).max().orElse(0);
    if (newest > seenIndex) {
      seenIndex = newest;
      failover
          .newestState()
          .application(FailoverWorld.LEDGER)
          .ifPresent(record -> record.executions().forEach(this::check));
    }
  }

  private void check(ExecutionRecord execution) {
    if (!execution.state().isOver()) {
      return;
    }
    ExecutionState before = ended.putIfAbsent(execution.request().id(), execution.state());
    if (before != null && !before.equals(execution.state())) {
      throw new InvariantBrokenException("an execution ended twice: " + execution.request().id());
    }
    if (before == null && execution.state() instanceof ExecutionState.Completed) {
      checkLoss(execution);
    }
  }

  private void checkLoss(ExecutionRecord execution) {
    Set<Long> kept = new HashSet<>();
    failover.database(execution.request().to()).log().forEach(commit -> kept.add(commit.id()));
    List<Ledger.Ack> lost =
        failover.ledger().acks().stream()
            .filter(ack -> ack.region().equals(execution.request().from()))
            .filter(ack -> ack.epoch().next().equals(execution.epoch()))
            .filter(ack -> !kept.contains(ack.commit().id()))
            .toList();
    if (lost.isEmpty()) {
      return;
    }
    LossBound bound = execution.loss();
    if (execution.request().kind() == ExecutionKind.SWITCHOVER || bound == null) {
      throw new InvariantBrokenException("acknowledged writes were lost without a bound");
    }
    long span = lost.getLast().nanos() - lost.getFirst().nanos();
    long bytes =
        lost.getLast().commit().lsn().bytesSince(lost.getFirst().commit().lsn())
            + lost.getFirst().commit().lsn().bytesSince(lost.getFirst().commit().lsn());
    if (span > bound.duration().toNanos() || bytes > bound.bytes()) {
      throw new InvariantBrokenException("more was lost than the bound says: " + bound);
    }
  }
}
