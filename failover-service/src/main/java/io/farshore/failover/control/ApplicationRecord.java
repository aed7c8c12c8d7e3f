package io.farshore.failover.control;

import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.kernel.RegionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All the quorum knows of one application, its lease apart.
 *
 * @param spec what was declared
 * @param generation of the declaration; 1 for the first
 * @param writer whose history is the one to follow
 * @param executions oldest first; the last one may be under way
 * @param regions what guards reported, one entry a region at most
 * @param refusal why it was not moved, while that holds
 */
public record ApplicationRecord(
    ProtectedApplication spec,
    long generation,
    WriterRecord writer,
    List<ExecutionRecord> executions,
    List<RegionCondition> regions,
    @Nullable Refusal refusal) {
  /** Older ones are in the audit log. */
  static final int EXECUTIONS_MAX = 50;

  public ApplicationRecord {
    executions = List.copyOf(executions);
    regions = List.copyOf(regions);
  }

  static ApplicationRecord declared(ProtectedApplication spec) {
    return new ApplicationRecord(spec, 1, WriterRecord.NONE, List.of(), List.of(), null);
  }

  /** The execution under way. */
  public Optional<ExecutionRecord> underWay() {
    return executions.isEmpty() || executions.getLast().state().isOver()
        ? Optional.empty()
        : Optional.of(executions.getLast());
  }

  public Optional<ExecutionRecord> execution(String id) {
    return executions.stream().filter(one -> one.request().id().equals(id)).findFirst();
  }

  public Optional<RegionCondition> region(RegionId region) {
    return regions.stream().filter(one -> one.region().equals(region)).findFirst();
  }

  ApplicationRecord respecified(ProtectedApplication next) {
    return new ApplicationRecord(next, generation + 1, writer, executions, regions, refusal);
  }

  ApplicationRecord with(WriterRecord next) {
    return new ApplicationRecord(spec, generation, next, executions, regions, refusal);
  }

  ApplicationRecord with(@Nullable Refusal next) {
    return new ApplicationRecord(spec, generation, writer, executions, regions, next);
  }

  /** Replaces the execution of the same id, or adds it. */
  ApplicationRecord with(ExecutionRecord execution) {
    List<ExecutionRecord> all = new ArrayList<>(executions);
    int at = ids().indexOf(execution.request().id());
    if (at >= 0) {
      all.set(at, execution);
    } else {
      all.add(execution);
    }
    return new ApplicationRecord(
        spec,
        generation,
        writer,
        all.subList(Math.max(0, all.size() - EXECUTIONS_MAX), all.size()),
        regions,
        refusal);
  }

  ApplicationRecord with(RegionCondition condition) {
    List<RegionCondition> all = new ArrayList<>(regions);
    all.removeIf(one -> one.region().equals(condition.region()));
    all.add(condition);
    all.sort(java.util.Comparator.comparing(RegionCondition::region));
    return new ApplicationRecord(spec, generation, writer, executions, all, refusal);
  }

  private List<String> ids() {
    return executions.stream().map(one -> one.request().id()).toList();
  }
}
