package io.farshore.failover.lease.drivers;

import static io.farshore.failover.Fixtures.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.FarshoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEpochMemoryTest {
  @TempDir Path directory;

  @Test
  void olderEpochIsRefusedAlsoAfterARestart() {
    FileEpochMemory memory = FileEpochMemory.open(directory);
    assertThat(memory.admit(LEDGER, new Epoch(3))).isTrue();
    assertThat(memory.admit(LEDGER, new Epoch(3))).isTrue();
    assertThat(memory.admit(LEDGER, new Epoch(2))).isFalse();

    FileEpochMemory restarted = FileEpochMemory.open(directory);

    assertThat(restarted.newest(LEDGER)).isEqualTo(new Epoch(3));
    assertThat(restarted.admit(LEDGER, new Epoch(2))).isFalse();
  }

  @Test
  void damagedMemoryIsNotGuessedAt() throws Exception {
    Files.writeString(directory.resolve("ledger.epoch"), "three");

    assertThatThrownBy(() -> FileEpochMemory.open(directory))
        .isInstanceOf(FarshoreException.class)
        .extracting(failure -> ((FarshoreException) failure).code())
        .isEqualTo(FileEpochMemory.UNREADABLE);
  }

  @Test
  void epochThatCannotBeRememberedIsNotActedUnder() throws Exception {
    FileEpochMemory memory = FileEpochMemory.open(directory);
    // A directory in the place of the draft: writing fails, as on a full or broken disk.
    Files.createDirectory(directory.resolve("ledger.epoch.tmp"));

    assertThatThrownBy(() -> memory.admit(LEDGER, new Epoch(1)))
        .isInstanceOf(FarshoreException.class);
    assertThat(memory.newest(LEDGER)).isEqualTo(Epoch.NONE);
  }
}
