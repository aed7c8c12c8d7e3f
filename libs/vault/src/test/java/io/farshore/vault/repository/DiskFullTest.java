package io.farshore.vault.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.restore.RestoreListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that really fills up; needs the right to mount one. */
class DiskFullTest {
  @TempDir Path directory;
  private final VaultFixture vault = new VaultFixture();
  private Path small;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    small = Files.createDirectory(directory.resolve("small"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()) == 0;
    Assumptions.assumeTrue(mounted, "may not mount a file system here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", small.toString());
  }

  @Test
  void a_full_copy_is_called_so_and_earlier_recovery_points_live() throws IOException {
    RecoveryPointId earlier = VaultFixture.newId();
    Repository repository =
        vault.repository(
            VaultFixture.copy("small", small.resolve("copy")),
            VaultFixture.copy("large", directory.resolve("large")));
    assertThat(vault.backup(repository, earlier).complete()).isTrue();
    byte[] noise = new byte[6 << 20];
    new Random(5).nextBytes(noise);
    vault.files.put("base/1/grown", noise);
    RecoveryPointId tooLarge = VaultFixture.newId();

    BackupResult result = vault.backup(repository, tooLarge);

    assertThat(result.complete()).isFalse();
    assertThat(result.outcomes().getFirst().failure().orElseThrow().code())
        .isEqualTo(VaultErrors.COPY_FULL);
    assertThat(small.resolve("copy/incoming")).isEmptyDirectory();
    assertThat(repository.verify(earlier, "small").intact()).isTrue();
    assertThat(repository.load(tooLarge).findings())
        .extracting(CopyFinding::state)
        .containsExactly(CopyFinding.State.MISSING, CopyFinding.State.PRESENT);
  }

  @Test
  void a_full_disk_below_a_restore_is_called_so_and_leaves_nothing() throws IOException {
    byte[] noise = new byte[9 << 20];
    new Random(5).nextBytes(noise);
    vault.files.put("base/1/grown", noise);
    Repository repository =
        vault.repository(VaultFixture.copy("large", directory.resolve("large")));
    RecoveryPointId id = VaultFixture.newId();
    vault.backup(repository, id);

    assertThatThrownBy(
            () ->
                repository.restore(
                    id, Optional.empty(), small.resolve("restored"), RestoreListener.none()))
        .isInstanceOfSatisfying(
            FarshoreException.class, e -> assertThat(e.code()).isEqualTo(VaultErrors.TARGET_FULL));
    assertThat(small).isEmptyDirectory();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
