package io.farshore.backup.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.Origin;
import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.manifest.RecoveryPointId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservedEndsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final Origin ORIGIN =
      new Origin(Optional.of("ada"), Optional.of("00-" + TRACE + "-b7ad6b7169203331-01"));

  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ObservedEnds ends = new ObservedEnds(metrics);
  private final Kept kept = new Kept();
  private final Logger logger =
      LogContext.getLogContext().getLogger(ObservedEnds.class.getPackageName());

  @BeforeEach
  void listen() {
    logger.addHandler(kept);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(kept);
  }

  private Run run(RunState state) {
    return new Run(
        id, new ApplicationId("ledger"), "ledger-database", ORIGIN, NOW, state, List.of());
  }

  private RestoreOrder restore(RestoreState state) {
    return new RestoreOrder(
        id.value(),
        id,
        Optional.empty(),
        Path.of("/restored/one"),
        Optional.empty(),
        ORIGIN,
        NOW,
        state,
        List.of());
  }

  @Test
  void the_lines_of_a_run_are_the_same_words_with_its_particulars_as_fields() {
    RunState.Running running = new RunState.Running();
    FarshoreException cause = new FarshoreException(BackupErrors.TIMELINE_CHANGED, "Promoted");

    ends.started(run(running));
    ends.ended(run(running.toCompleted(NOW, id, 7)), Optional.empty(), null);
    ends.ended(
        run(running.toFailed(NOW, cause.code().value(), cause.describe(), 0)),
        Optional.empty(),
        cause);

    assertThat(kept.lines)
        .containsExactly("Backup run started", "Backup run completed", "Backup run failed");
    assertThat(kept.fields)
        .allSatisfy(
            fields ->
                assertThat(fields)
                    .contains(
                        entry("runId", id.value()),
                        entry("application", "ledger"),
                        entry("component", "ledger-database"),
                        entry("traceId", TRACE)));
    assertThat(kept.fields.getLast()).containsEntry("error", "source-timeline-changed: Promoted");
    assertThat(kept.causes).containsExactly(cause);
  }

  @Test
  void the_lines_of_a_restore_are_the_same_words_with_its_particulars_as_fields() {
    RestoreState.Running running = new RestoreState.Running();

    ends.started(restore(running));
    ends.ended(restore(running.toCompleted(NOW, List.of("us-east"), 7)), 1, null);
    ends.ended(
        restore(running.toFailed(NOW, "interrupted-by-restart", "The service ended", 0)), 0, null);

    assertThat(kept.lines)
        .containsExactly("Restore started", "Restore completed", "Restore failed");
    assertThat(kept.fields)
        .allSatisfy(
            fields ->
                assertThat(fields)
                    .contains(
                        entry("restoreId", id.value()),
                        entry("recoveryPointId", id.value()),
                        entry("traceId", TRACE)));
    assertThat(kept.fields.get(1)).contains(entry("restoredBytes", "7"), entry("damages", "1"));
    assertThat(kept.fields.getLast())
        .containsEntry("error", "interrupted-by-restart: The service ended");
  }

  @Test
  void what_waits_to_be_told_is_logged_with_its_name_and_why() {
    ObservedSettlement settlement = new ObservedSettlement("restoreId");

    settlement.waits(
        id.value(), new FarshoreException(BackupErrors.JOURNAL_UNWRITABLE, "No room left"));
    settlement.givenUp(id.value());

    assertThat(kept.fields)
        .containsExactly(
            Map.of("restoreId", id.value(), "error", "journal-unwritable: No room left"),
            Map.of("restoreId", id.value()));
  }

  private static final class Kept extends ExtHandler {
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, String>> fields = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord line) {
      lines.add(line.getMessage());
      fields.add(Map.copyOf(line.getMdcCopy()));
      if (line.getThrown() != null) {
        causes.add(line.getThrown());
      }
    }
  }
}
