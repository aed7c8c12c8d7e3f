package io.farshore.backup.run.rest;

import io.farshore.backup.run.BackupRuns;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.contracts.backup.BackupRun;
import java.time.Duration;
import java.time.Instant;

/** Runs as others see them. */
public final class RunViews {
  private RunViews() {}

  public static BackupRun view(BackupRuns.View view, Instant now) {
    Run run = view.run();
    return switch (run.state()) {
      case RunState.Running running ->
          new BackupRun(
              run.id().value(),
              run.application().value(),
              run.component(),
              "running",
              null,
              view.sourceBytes(),
              run.startedAt(),
              null,
              Duration.between(run.startedAt(), now),
              null);
      case RunState.Completed completed ->
          new BackupRun(
              run.id().value(),
              run.application().value(),
              run.component(),
              "completed",
              completed.recoveryPoint().value(),
              completed.sourceBytes(),
              run.startedAt(),
              completed.at(),
              Duration.between(run.startedAt(), completed.at()),
              null);
      case RunState.Failed failed ->
          new BackupRun(
              run.id().value(),
              run.application().value(),
              run.component(),
              "failed",
              null,
              failed.sourceBytes(),
              run.startedAt(),
              failed.at(),
              Duration.between(run.startedAt(), failed.at()),
              failed.error());
    };
  }
}
