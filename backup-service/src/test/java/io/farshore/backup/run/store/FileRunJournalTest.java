package io.farshore.backup.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.BackupEvents;
import io.farshore.backup.event.Origin;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunJournalTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Origin ORIGIN =
      new Origin(
          Optional.of("ada"),
          Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  @TempDir Path directory;
  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());

  private Run run(Origin origin, RunState state, List<BackupEvent> untold) {
    return new Run(id, new ApplicationId("ledger"), "ledger-database", origin, NOW, state, untold);
  }

  @Test
  void a_run_is_read_as_it_was_saved_in_every_state() {
    FileRunJournal journal = new FileRunJournal(directory);
    RunState.Running running = new RunState.Running();
    for (RunState state :
        new RunState[] {
          running, running.toCompleted(NOW, id, 7), running.toFailed(NOW, "code", "error", 7)
        }) {
      Run run = run(ORIGIN, state, List.of());
      journal.save(run);
      assertThat(journal.load(id)).contains(run);
    }
  }

  @Test
  void what_is_still_to_be_told_is_read_as_it_was_saved() {
    FileRunJournal journal = new FileRunJournal(directory);
    Run run = run(ORIGIN, new RunState.Running(), List.of());
    Map<String, Object> copy = Map.of("name", "us-east", "complete", true, "storedBytes", 7);
    Run untold =
        run.withUntold(
            List.of(
                BackupEvents.started(run),
                new BackupEvent(
                    "io.farshore.backup.x",
                    "backup-runs/1",
                    Map.of("copies", List.of(copy)),
                    ORIGIN.traceparent())));

    journal.save(untold);

    assertThat(journal.load(id)).contains(untold);
  }

  @Test
  void a_run_that_was_journaled_without_who_asked_is_still_read() throws IOException {
    Files.writeString(
        directory.resolve(id + ".json"),
        """
        {"id":"%s","application":"ledger","component":"ledger-database",\
        "startedAt":"2026-11-21T12:00:00Z","state":"running"}"""
            .formatted(id));
    FileRunJournal journal = new FileRunJournal(directory);

    Run run =
        run(new Origin(Optional.empty(), Optional.empty()), new RunState.Running(), List.of());
    assertThat(journal.list()).containsExactly(run);
    journal.save(run);
    assertThat(journal.load(id)).contains(run);
  }
}
