package io.farshore.backup.run;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.manifest.RecoveryPointId;
import java.util.Set;

/** Reads databases into the vault. Thread-safe. */
public interface DatabaseReader {
  /** What can be read from here. */
  Set<DatabaseComponent> components();

  /**
   * Reads the whole database once, with the log that makes it consistent, into a session. Blocks
   * until all was handed over; the caller seals.
   *
   * @throws FarshoreException if the database or every copy failed
   */
  RecoveryPointFacts read(DatabaseComponent component, RecoveryPointId id, BackupSession session);
}
