package io.farshore.failover.execution;

import io.farshore.failover.plan.StepName;
import io.farshore.kernel.MemberId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One step's part of the journal.
 *
 * @param name which
 * @param state how far
 * @param attempts how often it was begun
 * @param executor the member that began it last
 * @param startedAt first begun, by that member's wall clock
 * @param finishedAt completed or given up
 * @param detail what was found or done
 */
public record StepRecord(
    StepName name,
    StepState state,
    int attempts,
    @Nullable MemberId executor,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Map<String, String> detail) {
  public StepRecord {
    detail = Collections.unmodifiableMap(new TreeMap<>(detail));
  }

  static StepRecord pending(StepName name) {
    return new StepRecord(name, StepState.PENDING, 0, null, null, null, Map.of());
  }

  /** Begun once more. */
  StepRecord begun(MemberId by, Instant at) {
    return new StepRecord(
        name,
        StepState.RUNNING,
        attempts + 1,
        by,
        startedAt == null ? at : startedAt,
        null,
        detail);
  }

  StepRecord completed(Map<String, String> found, Instant at) {
    return ended(StepState.COMPLETED, found, at);
  }

  StepRecord failed(Map<String, String> found, Instant at) {
    return ended(StepState.FAILED, found, at);
  }

  private StepRecord ended(StepState end, Map<String, String> found, Instant at) {
    Map<String, String> all = new TreeMap<>(detail);
    all.putAll(found);
    return new StepRecord(name, end, attempts, executor, startedAt, at, all);
  }
}
