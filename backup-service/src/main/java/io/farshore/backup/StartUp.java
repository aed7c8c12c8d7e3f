package io.farshore.backup;

import io.farshore.backup.restore.Restores;
import io.farshore.backup.run.BackupRuns;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.repository.Repository;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Puts things in order at start: makes new copies, and says of what was cut short that it was. */
@Singleton
public class StartUp {
  private static final KeyedLog LOG = KeyedLog.of(StartUp.class);

  /** After the checks of the configuration, before requests are answered. */
  private static final int EARLY = 100;

  private final Repository repository;
  private final SigningKey signer;
  private final BackupRuns runs;
  private final Restores restores;

  @Inject
  StartUp(Repository repository, SigningKey signer, BackupRuns runs, Restores restores) {
    this.repository = repository;
    this.signer = signer;
    this.runs = runs;
    this.restores = restores;
  }

  void begin(@Observes @Priority(EARLY) StartupEvent event) {
    repository
        .establish(signer)
        .forEach(
            (copy, e) ->
                LOG.with("copy", copy)
                    .with("error", e.describe())
                    .warn("The copy cannot be written now"));
    runs.closeInterrupted();
    restores.closeInterrupted();
  }
}
