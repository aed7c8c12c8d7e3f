package io.farshore.backup;

import io.farshore.backup.restore.Restores;
import io.farshore.backup.run.BackupRuns;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** At start, says of everything that was cut short that it was. */
@Singleton
public class InterruptedWork {
  /** After the checks of the configuration, before requests are answered. */
  private static final int EARLY = 100;

  private final BackupRuns runs;
  private final Restores restores;

  @Inject
  InterruptedWork(BackupRuns runs, Restores restores) {
    this.runs = runs;
    this.restores = restores;
  }

  void close(@Observes @Priority(EARLY) StartupEvent event) {
    runs.closeInterrupted();
    restores.closeInterrupted();
  }
}
