package io.farshore.backup.run;

import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Told what becomes of runs. What it throws fails the run's step, which is then repeated. */
public interface RunListener {
  void started(Run run);

  /** A recovery point exists, in those copies whose outcome is complete. */
  void sealed(Run run, BackupResult result, Duration elapsed);

  /** The run did not reach its aim; a recovery point may exist in some copies all the same. */
  void failed(
      Run run, RunState.Failed failure, List<CopyOutcome> outcomes, @Nullable Throwable cause);
}
