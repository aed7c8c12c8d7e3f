package io.farshore.backup.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunJournalTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());

  private Run run(Optional<String> actor, RunState state) {
    return new Run(id, new ApplicationId("ledger"), "ledger-database", actor, NOW, state);
  }

  @Test
  void a_run_is_read_as_it_was_saved_in_every_state() {
    FileRunJournal journal = new FileRunJournal(directory);
    RunState.Running running = new RunState.Running();
    for (RunState state :
        new RunState[] {
          running, running.toCompleted(NOW, id, 7), running.toFailed(NOW, "code", "error", 7)
        }) {
      Run run = run(Optional.of("ada"), state);
      journal.save(run);
      assertThat(journal.load(id)).contains(run);
    }
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

    Run run = run(Optional.empty(), new RunState.Running());
    assertThat(journal.list()).containsExactly(run);
    journal.save(run);
    assertThat(journal.load(id)).contains(run);
  }
}
