package io.farshore.backup.run;

import io.farshore.vault.manifest.RecoveryPointId;
import java.util.List;
import java.util.Optional;

/** Remembers runs across crashes. Thread-safe. */
public interface RunJournal {
  /** Durable when it returns. */
  void save(Run run);

  Optional<Run> load(RecoveryPointId id);

  /** The newest first. */
  List<Run> list();
}
