package io.farshore.backup.run;

import io.farshore.vault.backup.BackupResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches runs in this process: each is shown once, whoever is told of it and when. */
public interface RunListener {
  void started(Run run);

  /**
   * @param run in its last state, which is journaled
   * @param result what was sealed in this process, also if the run failed all the same
   * @param cause of a failure
   */
  void ended(Run run, Optional<BackupResult> result, @Nullable Throwable cause);
}
