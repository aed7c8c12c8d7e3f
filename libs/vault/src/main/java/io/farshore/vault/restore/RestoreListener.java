package io.farshore.vault.restore;

import io.farshore.vault.manifest.BackupManifest;
import java.nio.file.Path;

/** Watches a restore, and finishes what it made before anybody sees it. */
public interface RestoreListener {
  /** Content was written. Called by several threads. */
  default void restored(long bytes) {}

  /**
   * All files are there, under a temporary name; what is written into {@code directory} now becomes
   * visible together with them. A failure fails the restore.
   *
   * @param manifest what was restored
   */
  default void complete(Path directory, BackupManifest manifest) {}

  /** Neither watches nor adds anything. */
  static RestoreListener none() {
    return new RestoreListener() {};
  }
}
