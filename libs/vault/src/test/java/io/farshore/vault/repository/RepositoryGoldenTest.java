package io.farshore.vault.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.vault.key.KeyFiles;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.recovery.RecoveryPreparation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository written once by the first version and never again: every later version must read it.
 * Made by {@link #write}; if the format changes, a second golden repository is added beside it.
 */
class RepositoryGoldenTest {
  private static final RecoveryPointId ID =
      new RecoveryPointId("0193f000-0000-7000-8000-00000000cafe");

  @TempDir Path directory;

  @Test
  void a_repository_of_format_1_is_listed_verified_and_restored() throws Exception {
    Path golden = golden();
    Repository repository = repository(golden);

    RecoveryPointSummary summary =
        Catalog.read(repository.copies().getFirst().store()).summaries().getFirst();
    assertThat(summary.id()).isEqualTo(ID);
    assertThat(summary.application().value()).isEqualTo("ledger");
    assertThat(summary.takenAt()).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    assertThat(summary.startLsn()).hasToString("0/2000028");
    assertThat(summary.countsLsn()).hasToString("0/2000200");

    LoadedRecoveryPoint point = repository.load(ID);
    assertThat(point.manifestDigest())
        .isEqualTo(Files.readString(golden.resolve("digest")).strip());
    assertThat(point.manifest().contents().rowCounts())
        .isEqualTo(Map.of("ledger.public.account", 1_000L, "ledger.public.transfer", 12L));
    assertThat(repository.verify(ID, "golden").intact()).isTrue();

    Path to = directory.resolve("restored");
    repository.restore(ID, Optional.empty(), to, RecoveryPreparation.finisher(Optional.empty()));
    Map<String, byte[]> restored = VaultFixture.read(to);
    content().expected().forEach((name, bytes) -> assertThat(restored.get(name)).isEqualTo(bytes));
    assertThat(restored.keySet()).contains("recovery.signal", "postgresql.auto.conf");
  }

  /** What the golden repository was made of. */
  private static VaultFixture content() {
    VaultFixture vault = new VaultFixture();
    vault.files.clear();
    vault.wal.clear();
    vault.files.put("PG_VERSION", "18\n".getBytes(StandardCharsets.US_ASCII));
    vault.files.put("empty", new byte[0]);
    byte[] pages = new byte[(1 << 20) + 8192];
    Arrays.fill(pages, (byte) 'p');
    vault.files.put("base/1/1259", pages);
    vault.wal.put("000000010000000000000002", new byte[1 << 20]);
    return vault;
  }

  /** Writes a golden repository; run by hand when a new format is made. */
  static void write(Path to) throws IOException {
    VaultFixture vault = content();
    KeyFiles.generateRepositoryKey(to.resolve("key"), new SecureRandom());
    Repository repository = repository(to);
    String digest = vault.backup(repository, ID).manifestDigest();
    Files.writeString(to.resolve("digest"), digest + "\n");
  }

  private static Repository repository(Path at) {
    RepositoryKey key = KeyFiles.loadRepositoryKey(at.resolve("key"));
    return new Repository(
        List.of(VaultFixture.copy("golden", at.resolve("repository"))), key, new SecureRandom());
  }

  /** A copy, because version control gives key files permissions that are refused. */
  private Path golden() throws IOException, URISyntaxException {
    Path source =
        Path.of(Objects.requireNonNull(getClass().getResource("/golden-v1/digest")).toURI())
            .resolveSibling(".");
    Path copy = directory.resolve("golden");
    try (var paths = Files.walk(source.normalize())) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        Path target = copy.resolve(source.normalize().relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
      }
    }
    return copy;
  }
}
