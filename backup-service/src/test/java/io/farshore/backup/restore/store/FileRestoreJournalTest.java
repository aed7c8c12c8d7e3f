package io.farshore.backup.restore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.event.BackupEvents;
import io.farshore.backup.event.Origin;
import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.RecoveryPointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRestoreJournalTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final String id = UUID.randomUUID().toString();
  private final RecoveryPointId point = RecoveryPointId.of(UUID.randomUUID());

  @Test
  void a_restore_is_read_as_it_was_saved_in_every_state() {
    FileRestoreJournal journal = new FileRestoreJournal(directory);
    RestoreState.Running running = new RestoreState.Running();
    RestoreOrder order =
        new RestoreOrder(
            id,
            point,
            Optional.of("us-east"),
            Path.of("/restored/one"),
            Optional.of(new Lsn(7)),
            new Origin(
                Optional.of("ada"),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
            NOW,
            running,
            List.of());
    for (RestoreState state :
        new RestoreState[] {
          running,
          running.toCompleted(NOW, List.of("us-east"), 7),
          running.toFailed(NOW, "code", "error", 7)
        }) {
      RestoreOrder moved = order.with(state, List.of(BackupEvents.started(order)));
      journal.save(moved);
      assertThat(journal.load(id)).contains(moved);
    }
  }

  @Test
  void a_restore_that_was_journaled_without_who_asked_is_still_read() throws IOException {
    Files.writeString(
        directory.resolve(id + ".json"),
        """
        {"id":"%s","recoveryPoint":"%s","directory":"/restored/one",\
        "startedAt":"2026-11-21T12:00:00Z","state":"running"}"""
            .formatted(id, point));
    FileRestoreJournal journal = new FileRestoreJournal(directory);

    RestoreOrder order =
        new RestoreOrder(
            id,
            point,
            Optional.empty(),
            Path.of("/restored/one"),
            Optional.empty(),
            new Origin(Optional.empty(), Optional.empty()),
            NOW,
            new RestoreState.Running(),
            List.of());
    assertThat(journal.list()).containsExactly(order);
    journal.save(order);
    assertThat(journal.load(id)).contains(order);
  }
}
