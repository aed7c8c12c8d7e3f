package io.farshore.testbed.identity;

import io.farshore.tlog.key.SigningKeyFile;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.vault.key.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The long-lived keys of one world: what backups are encrypted and logs are signed with. */
public final class WorldKeys {
  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final Path vaultKey;
  private final Path vaultSigningKey;

  /** Makes the vault's keys in {@code directory}. */
  public WorldKeys(Path directory) {
    this.directory = directory;
    vaultKey = directory.resolve("vault.key");
    vaultSigningKey = directory.resolve("vault-signing.key");
    KeyFiles.generateRepositoryKey(vaultKey, random);
    KeyFiles.generateSigningKey(vaultSigningKey, random);
  }

  /** Encrypts every copy of every backup. */
  public Path vaultKey() {
    return vaultKey;
  }

  /** Signs the manifests. */
  public Path vaultSigningKey() {
    return vaultSigningKey;
  }

  /** Makes the key that signs the log of this name, and the public key beside it. */
  public Path logSigningKey(String origin) throws IOException {
    Path file = directory.resolve(origin + ".key");
    NoteSigner signer = new NoteSigner(origin, SigningKeyFile.create(file, random));
    Files.writeString(logVerifierKey(origin), signer.verifierKey() + "\n");
    return file;
  }

  /** The public key of a log, in the form that verifiers read; may be shown to anyone. */
  public Path logVerifierKey(String origin) {
    return directory.resolve(origin + ".vkey");
  }
}
