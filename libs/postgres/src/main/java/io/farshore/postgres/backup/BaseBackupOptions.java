package io.farshore.postgres.backup;

import java.util.OptionalInt;

/**
 * How a base backup is taken.
 *
 * @param label goes into {@code backup_label}
 * @param fastCheckpoint begin with an immediate checkpoint instead of waiting for the next
 * @param includeWal put the log that makes the backup consistent into it
 * @param manifest ask for the server's manifest with SHA-256 of every file
 * @param maxRateKiBPerSecond the server sends no faster; 32 to 1048576
 */
public record BaseBackupOptions(
    String label,
    boolean fastCheckpoint,
    boolean includeWal,
    boolean manifest,
    OptionalInt maxRateKiBPerSecond) {

  /** Fast checkpoint, manifest, no log: whoever keeps the log gets it from the log stream. */
  public static BaseBackupOptions labelled(String label) {
    return new BaseBackupOptions(label, true, false, true, OptionalInt.empty());
  }

  public BaseBackupOptions withWal() {
    return new BaseBackupOptions(label, fastCheckpoint, true, manifest, maxRateKiBPerSecond);
  }

  public BaseBackupOptions withMaxRate(int kibPerSecond) {
    return new BaseBackupOptions(
        label, fastCheckpoint, includeWal, manifest, OptionalInt.of(kibPerSecond));
  }
}
