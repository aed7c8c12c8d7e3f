package io.farshore.vault.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.restore.RestoreListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that dies at any step costs its own backup at most. */
class CrashTest {
  @TempDir Path directory;

  @Test
  void at_every_write_position_earlier_backups_live_and_the_next_one_works() throws IOException {
    int steps = run(Integer.MAX_VALUE, directory.resolve("counted"));
    assertThat(steps).isGreaterThan(15);
    for (int failAt = 1; failAt <= steps; failAt++) {
      run(failAt, directory.resolve("crash-" + failAt));
    }
  }

  @Test
  void the_very_first_backup_may_die_anywhere_too() throws IOException {
    for (int failAt = 1; failAt <= 25; failAt++) {
      Path at = directory.resolve("first-" + failAt);
      VaultFixture vault = new VaultFixture();
      Repository healthy = vault.repository(VaultFixture.copy("a", at.resolve("copy")));
      FaultyCopyStore faulty =
          new FaultyCopyStore(
              new DirectoryCopyStore(at.resolve("copy")), FaultyCopyStore.Fault.CRASH, failAt);
      try {
        vault.backup(vault.repository(VaultFixture.copy("a", faulty)), VaultFixture.newId());
      } catch (FarshoreException e) {
        assertThat(faulty.struck()).isTrue();
      }
      RecoveryPointId next = VaultFixture.newId();
      vault.backup(healthy, next);
      restored(vault, healthy, next, at.resolve("next"));
    }
  }

  /** Answers how many steps a backup takes that is not struck. */
  private static int run(int failAt, Path at) throws IOException {
    VaultFixture vault = new VaultFixture();
    Repository healthy = vault.repository(VaultFixture.copy("a", at.resolve("copy")));
    RecoveryPointId earlier = VaultFixture.newId();
    vault.backup(healthy, earlier);
    for (int i = 0; i < 8; i++) {
      vault.files.put("base/1/more" + i, new byte[] {4, 5, (byte) i});
    }
    RecoveryPointId struck = VaultFixture.newId();
    FaultyCopyStore faulty =
        new FaultyCopyStore(
            new DirectoryCopyStore(at.resolve("copy")), FaultyCopyStore.Fault.CRASH, failAt);

    boolean completed = false;
    try {
      BackupResult result = vault.backup(vault.repository(VaultFixture.copy("a", faulty)), struck);
      completed = result.complete();
    } catch (FarshoreException e) {
      assertThat(failAt).isNotEqualTo(Integer.MAX_VALUE);
    }

    assertThat(healthy.verify(earlier, "a").intact()).isTrue();
    assertThat(healthy.list()).contains(earlier);
    if (completed) {
      assertThat(healthy.list()).contains(struck);
    }
    if (healthy.list().contains(struck)) {
      // Visible means whole, even if the writer died before it knew.
      restored(vault, healthy, struck, at.resolve("struck"));
    }
    RecoveryPointId next = VaultFixture.newId();
    vault.backup(healthy, next);
    restored(vault, healthy, next, at.resolve("next"));
    return faulty.steps();
  }

  private static void restored(
      VaultFixture vault, Repository repository, RecoveryPointId id, Path to) throws IOException {
    repository.restore(id, Optional.empty(), to, RestoreListener.none());
    assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
  }
}
