package io.farshore.vault.repository;

import io.farshore.vault.manifest.BackupManifest;
import java.util.List;

/**
 * A recovery point whose signature was checked.
 *
 * @param manifest what it consists of
 * @param manifestDigest SHA-256 of the signed manifest, hexadecimal
 * @param findings what each copy has of it
 */
public record LoadedRecoveryPoint(
    BackupManifest manifest, String manifestDigest, List<CopyFinding> findings) {}
