package io.farshore.vault.restore;

import io.farshore.vault.manifest.BackupManifest;
import java.util.List;
import java.util.Set;

/**
 * A finished restore.
 *
 * @param manifest what was restored
 * @param manifestDigest SHA-256 of the signed manifest, hexadecimal
 * @param restoredBytes written
 * @param copiesUsed copies that content was read from
 * @param damages what another copy had to stand in for; the first thousand
 * @param damageCount how many there were
 */
public record RestoreResult(
    BackupManifest manifest,
    String manifestDigest,
    long restoredBytes,
    Set<String> copiesUsed,
    List<Damage> damages,
    long damageCount) {}
