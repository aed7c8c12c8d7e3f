package io.farshore.backup.run;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.BackupEvents;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyFailures;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.repository.LoadedRecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run in its last state, with the events that tell of it
 * @param result what was sealed in this process, also if the run failed all the same
 * @param cause of a failure
 */
record RunEnd(Run run, Optional<BackupResult> result, @Nullable Throwable cause) {
  /** A recovery point was made; whether that is enough is for the required copies to say. */
  static RunEnd sealed(Run run, BackupResult result, Instant at, long sourceBytes) {
    BackupEvent made = BackupEvents.sealed(run, result, Duration.between(run.startedAt(), at));
    @Nullable FarshoreException incomplete = CopyFailures.required(result.outcomes()).orElse(null);
    if (incomplete == null) {
      RunState.Completed end = new RunState.Running().toCompleted(at, run.id(), sourceBytes);
      return new RunEnd(run.with(end, List.of(made)), Optional.of(result), null);
    }
    RunState.Failed end = failure(incomplete, at, sourceBytes);
    BackupEvent failed = BackupEvents.failed(run, end, result.outcomes());
    return new RunEnd(run.with(end, List.of(made, failed)), Optional.of(result), incomplete);
  }

  /** Nothing was made. */
  static RunEnd failed(
      Run run, RuntimeException cause, List<CopyOutcome> outcomes, Instant at, long sourceBytes) {
    RunState.Failed end = failure(cause, at, sourceBytes);
    return new RunEnd(
        run.with(end, List.of(BackupEvents.failed(run, end, outcomes))), Optional.empty(), cause);
  }

  /** Another process began it and did not end it. What it did not come to tell is told, too. */
  static RunEnd interrupted(Run run, Optional<LoadedRecoveryPoint> made, Instant at) {
    RunState.Running running = new RunState.Running();
    RunState end;
    BackupEvent event;
    if (made.isPresent()) {
      // How each copy fared was known to the other process only.
      BackupResult result =
          new BackupResult(made.get().manifest(), made.get().manifestDigest(), List.of());
      end = running.toCompleted(at, run.id(), result.manifest().summary().sourceBytes());
      event = BackupEvents.sealed(run, result, Duration.between(run.startedAt(), at));
    } else {
      RunState.Failed failed =
          running.toFailed(
              at,
              BackupErrors.INTERRUPTED.value(),
              "The service ended while the run was under way",
              0);
      end = failed;
      event = BackupEvents.failed(run, failed, List.of());
    }
    List<BackupEvent> events = new ArrayList<>(run.untold());
    events.add(event);
    return new RunEnd(run.with(end, events), Optional.empty(), null);
  }

  private static RunState.Failed failure(RuntimeException cause, Instant at, long sourceBytes) {
    RunState.Running running = new RunState.Running();
    return cause instanceof FarshoreException e
        ? running.toFailed(at, e.code().value(), e.describe(), sourceBytes)
        : running.toFailed(
            at, BackupErrors.DEFECT.value(), "The run failed in an unexpected way", sourceBytes);
  }
}
