package io.farshore.vault.backup;

import io.farshore.vault.manifest.BackupManifest;
import java.util.List;

/**
 * A sealed recovery point.
 *
 * @param manifest what it consists of
 * @param manifestDigest SHA-256 of the signed manifest, hexadecimal
 * @param outcomes how each copy fared; at least one is complete
 */
public record BackupResult(
    BackupManifest manifest, String manifestDigest, List<CopyOutcome> outcomes) {
  public BackupResult {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether every required copy is complete. */
  public boolean complete() {
    return outcomes.stream().allMatch(outcome -> outcome.complete() || !outcome.required());
  }
}
