package io.farshore.failover.execution;

import io.farshore.failover.execution.ExecutionState.Completed;
import io.farshore.failover.execution.ExecutionState.Failed;
import io.farshore.failover.execution.ExecutionState.Held;
import io.farshore.failover.execution.ExecutionState.Running;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MemberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one move. A value: every change answers a new record, or nothing where the change
 * is not a legal one, which is the one place where it is refused.
 *
 * @param request what was decided
 * @param epoch granted to the target; {@link Epoch#NONE} until the region left is fenced
 * @param state where it stands
 * @param steps one for each {@link StepName}, in its order
 * @param loss what can have been lost at most; absent until fenced, or if unknown
 */
public record ExecutionRecord(
    ExecutionRequest request,
    Epoch epoch,
    ExecutionState state,
    List<StepRecord> steps,
    @Nullable LossBound loss) {
  public ExecutionRecord {
    steps = List.copyOf(steps);
  }

  /**
   * A new execution: the detection is done, the rest lies ahead.
   *
   * @param by who detected
   * @param executor who goes on; absent: whoever leads, as soon as it sees it
   */
  public static ExecutionRecord begin(
      ExecutionRequest request,
      Map<String, String> evidence,
      MemberId by,
      @Nullable MemberId executor) {
    List<StepRecord> steps = Arrays.stream(StepName.values()).map(StepRecord::pending).toList();
    ExecutionRecord fresh =
        new ExecutionRecord(request, Epoch.NONE, new Running(StepName.DETECT), steps, null);
    return fresh
        .with(StepName.DETECT, fresh.step(StepName.DETECT).begun(by, request.decidedAt()))
        .complete(StepName.DETECT, evidence, request.decidedAt(), executor)
        .orElseThrow();
  }

  public StepRecord step(StepName name) {
    return steps.stream().filter(step -> step.name() == name).findFirst().orElseThrow();
  }

  /** The step being worked on, if any. */
  public Optional<StepName> current() {
    return state instanceof Running(StepName step) ? Optional.of(step) : Optional.empty();
  }

  /** The step being worked on, or the one a person has to acknowledge first; none once over. */
  public Optional<StepName> ahead() {
    return switch (state) {
      case Running(StepName step) -> Optional.of(step);
      case Held(StepName before) -> Optional.of(before);
      case Completed completed -> Optional.empty();
      case Failed failed -> Optional.empty();
    };
  }

  /** Begins the current step once more, or nothing if it is not the current one. */
  public Optional<ExecutionRecord> retry(StepName name, Instant at, MemberId by) {
    return isCurrent(name) ? Optional.of(with(name, step(name).begun(by, at))) : Optional.empty();
  }

  /** The region left can surely not write, and the target was granted {@code granted}. */
  public Optional<ExecutionRecord> fenced(
      Epoch granted,
      @Nullable LossBound bound,
      Map<String, String> detail,
      Instant at,
      MemberId by) {
    return isCurrent(StepName.FENCE)
        ? new ExecutionRecord(request, granted, state, steps, bound)
            .complete(StepName.FENCE, detail, at, by)
        : Optional.empty();
  }

  /**
   * Completes the current step and goes on to the next, or nothing if {@code name} is not the
   * current one. Steps that are only entries in the journal complete with their predecessor.
   *
   * @param executor who goes on; absent: whoever leads
   */
  public Optional<ExecutionRecord> complete(
      StepName name, Map<String, String> detail, Instant at, @Nullable MemberId executor) {
    if (!isCurrent(name)) {
      return Optional.empty();
    }
    ExecutionRecord done = with(name, step(name).completed(detail, at));
    Optional<StepName> next = name.next();
    if (next.isEmpty()) {
      return Optional.of(done.in(new Completed(at)));
    }
    return Optional.of(
        request.holdBefore().contains(next.get())
            ? done.in(new Held(next.get()))
            : done.enter(next.get(), at, executor, executor));
  }

  /** Gives the current step up, or nothing if {@code name} is not the current one. */
  public Optional<ExecutionRecord> fail(
      StepName name, String code, Map<String, String> detail, Instant at) {
    return isCurrent(name)
        ? Optional.of(with(name, step(name).failed(detail, at)).in(new Failed(name, code, at)))
        : Optional.empty();
  }

  /**
   * Goes on after a person acknowledged, or nothing if nobody was waiting. The member that was told
   * need not be the one that leads: whoever does takes the step.
   */
  public Optional<ExecutionRecord> acknowledge(Instant at, MemberId by) {
    return state instanceof Held(StepName before)
        ? Optional.of(enter(before, at, by, null))
        : Optional.empty();
  }

  /** The same execution with a better bound of the loss. */
  public ExecutionRecord withLoss(LossBound better) {
    return new ExecutionRecord(request, epoch, state, steps, better);
  }

  private ExecutionRecord enter(
      StepName next, Instant at, @Nullable MemberId by, @Nullable MemberId executor) {
    return switch (next) {
      // The table follows from the journal, so the entry is the publication.
      case SHIFT, DECLARE ->
          running(next, at, by).complete(next, Map.of(), at, executor).orElseThrow();
      case DETECT, FENCE, PROMOTE, VERIFY -> running(next, at, executor);
    };
  }

  private ExecutionRecord running(StepName name, Instant at, @Nullable MemberId by) {
    StepRecord ahead = step(name);
    return with(name, by == null ? ahead : ahead.begun(by, at)).in(new Running(name));
  }

  private boolean isCurrent(StepName name) {
    return state instanceof Running(StepName step) && step == name;
  }

  private ExecutionRecord in(ExecutionState next) {
    return new ExecutionRecord(request, epoch, next, steps, loss);
  }

  private ExecutionRecord with(StepName name, StepRecord changed) {
    List<StepRecord> copy = new ArrayList<>(steps);
    copy.replaceAll(step -> step.name() == name ? changed : step);
    return new ExecutionRecord(request, epoch, state, copy, loss);
  }
}
