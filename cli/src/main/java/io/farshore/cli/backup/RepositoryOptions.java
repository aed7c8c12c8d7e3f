package io.farshore.cli.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.KeyFiles;
import io.farshore.vault.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Break glass: a repository and its key, when no service is left. */
public final class RepositoryOptions {
  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description =
          "A copy of the repository; may be given several times (copy-1, copy-2, ...). Asks no"
              + " service.")
  List<Path> directories = new ArrayList<>();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The repository key; needed with --repository.")
  @Nullable Path keyFile;

  boolean given() {
    return !directories.isEmpty();
  }

  List<Path> directories() {
    return directories;
  }

  /** Opens the repository for reading. */
  Repository open() {
    if (keyFile == null) {
      throw new IllegalArgumentException("--repository needs --key-file too");
    }
    List<Copy> copies = new ArrayList<>();
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        throw new FarshoreException(
            VaultErrors.COPY_UNAVAILABLE,
            "There is no such directory",
            Map.of("repository", directory.toString()));
      }
      copies.add(new Copy("copy-" + (copies.size() + 1), new DirectoryCopyStore(directory), false));
    }
    return new Repository(copies, KeyFiles.loadRepositoryKey(keyFile), new SecureRandom());
  }
}
