package io.farshore.backup.vault;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code farshore.vault.*}: where the copies lie, and with what keys. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.vault")
public interface VaultSettings {
  /** By name of the copy. */
  Map<String, CopySettings> copies();

  /** The repository key; without it no backup can be made or read. */
  Optional<Path> keyFile();

  /** The Ed25519 key with which this service signs manifests. */
  Optional<Path> signingKeyFile();

  /** One copy of the repository. */
  interface CopySettings {
    /** A directory. */
    Path path();

    /** Where it lies. */
    String region();

    /** {@code disk}, {@code object-store} or {@code archive}. */
    @WithDefault("disk")
    String medium();

    /** Whether a run counts as completed only when this copy is complete. */
    @WithDefault("true")
    boolean required();
  }
}
