package io.farshore.backup.vault;

import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.startup.StartupCheck;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.KeyFiles;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.repository.Repository;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Opens the repository with what is configured, and says at start what is missing. */
@Dependent
public class VaultBeans {
  @Produces
  @Singleton
  Repository repository(VaultSettings settings) {
    List<Copy> copies = new ArrayList<>();
    new TreeMap<>(settings.copies())
        .forEach(
            (name, copy) ->
                copies.add(new Copy(name, new DirectoryCopyStore(copy.path()), copy.required())));
    return new Repository(
        copies,
        KeyFiles.loadRepositoryKey(required("farshore.vault.key-file", settings.keyFile())),
        new SecureRandom());
  }

  @Produces
  @Singleton
  SigningKey signingKey(VaultSettings settings) {
    return KeyFiles.loadSigningKey(
        required("farshore.vault.signing-key-file", settings.signingKeyFile()));
  }

  @Produces
  @Singleton
  CopyPlaces places(VaultSettings settings) {
    return new CopyPlaces(
        settings.copies().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        new CopyPlaces.Place(
                            entry.getValue().region(), entry.getValue().medium()))));
  }

  @Produces
  @Singleton
  StartupCheck vaultCheck(VaultSettings settings) {
    return () -> findings(settings);
  }

  private static List<StartupCheck.Finding> findings(VaultSettings settings) {
    List<StartupCheck.Finding> findings = new ArrayList<>();
    int copies = settings.copies().size();
    if (copies == 0 || copies > Repository.COPIES_MAX) {
      findings.add(
          StartupCheck.Finding.severe(
              "farshore.vault.copies",
              "must name 1 to " + Repository.COPIES_MAX + " copies of the repository"));
    }
    key(findings, "farshore.vault.key-file", settings.keyFile(), KeyFiles::loadRepositoryKey);
    key(
        findings,
        "farshore.vault.signing-key-file",
        settings.signingKeyFile(),
        KeyFiles::loadSigningKey);
    return findings;
  }

  /** Loads a key to see that it can be used. */
  private interface Loader {
    Object load(Path file);
  }

  private static void key(
      List<StartupCheck.Finding> findings, String property, Optional<Path> file, Loader loader) {
    if (file.isEmpty()) {
      findings.add(StartupCheck.Finding.severe(property, "is not set"));
      return;
    }
    try {
      loader.load(file.get());
    } catch (FarshoreException e) {
      findings.add(StartupCheck.Finding.severe(property, e.describe()));
    }
  }

  private static Path required(String property, Optional<Path> file) {
    return file.orElseThrow(
        () ->
            new FarshoreException(
                VaultErrors.KEY_UNUSABLE, "No key file is set", Map.of("property", property)));
  }
}
