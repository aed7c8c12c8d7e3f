package io.farshore.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.Origin;
import io.farshore.backup.event.RecordedEvents;
import io.farshore.backup.journal.Settlement;
import io.farshore.backup.observe.ObservedSettlement;
import io.farshore.backup.restore.store.FileRestoreJournal;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import io.farshore.vault.repository.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoresTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Executor AT_ONCE = Runnable::run;
  private static final Origin ADA =
      new Origin(
          Optional.of("ada"),
          Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  @TempDir Path directory;
  private final RecoveryPointId point = RecoveryPointId.of(UUID.randomUUID());
  private final String id = UUID.randomUUID().toString();
  private final RecordedEvents told = new RecordedEvents();
  private final List<String> watched = new ArrayList<>();
  private final List<String> whenTold = new ArrayList<>();
  private boolean journalFull;

  @BeforeEach
  void aRecoveryPointOfOneFile() throws IOException {
    try (BackupSession session = repository().begin(SigningKey.ofSeed(new byte[32]))) {
      try (OutputStream file = session.file("data", 0600, NOW)) {
        file.write("rows".getBytes(StandardCharsets.UTF_8));
      }
      session.seal(
          new RecoveryPointFacts(
              point,
              new ApplicationId("ledger"),
              "ledger-database",
              new SourceIdentity("1", "18.6", new RegionId("us-east"), false),
              NOW,
              new Timeline(1),
              new Lsn(1),
              new Lsn(2),
              null,
              Map.of(),
              Map.of()));
    }
  }

  private Repository repository() {
    return new Repository(
        List.of(new Copy("a", new DirectoryCopyStore(directory.resolve("a")), true)),
        RepositoryKey.of(new byte[32]),
        new SecureRandom());
  }

  private Restores restores(Executor executor) {
    FileRestoreJournal journal = new FileRestoreJournal(directory.resolve("journal"));
    return new Restores(
        repository(),
        new RestoreRoot(directory.resolve("restored")),
        journal,
        new Settlement<>(
            order -> {
              if (journalFull) {
                throw new FarshoreException(BackupErrors.JOURNAL_UNWRITABLE, "No room left");
              }
              journal.save(order);
            },
            told,
            new ObservedSettlement("restoreId")),
        new Watching(),
        Clock.fixed(NOW, ZoneOffset.UTC),
        executor);
  }

  private RestoreOrder start(Restores restores) {
    restores.start(id, point, Optional.empty(), "one", Optional.empty(), ADA);
    return restores.find(id).orElseThrow().order();
  }

  private List<Path> restored() {
    try (Stream<Path> files = Files.walk(directory.resolve("restored"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_restore_is_told_before_its_first_byte_is_written_and_when_it_ends() {
    told.takeOnly(
        type -> {
          whenTold.add(type + (restored().isEmpty() ? " before" : " after"));
          return true;
        });

    RestoreOrder ended = start(restores(AT_ONCE));

    assertThat(ended.state()).isInstanceOf(RestoreState.Completed.class);
    assertThat(directory.resolve("restored/one/data")).hasContent("rows");
    assertThat(whenTold)
        .containsExactly(
            EventTypes.RESTORE_STARTED + " before", EventTypes.RESTORE_COMPLETED + " after");
    assertThat(told.origins()).containsExactly(ADA, ADA);
    assertThat(watched).containsExactly("started", "Completed");
  }

  @Test
  void a_restore_whose_beginning_cannot_be_told_writes_nothing() {
    told.takeNothing();
    Restores restores = restores(AT_ONCE);

    RestoreOrder ended = start(restores);

    assertThat(ended.state())
        .isInstanceOfSatisfying(
            RestoreState.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("outbox-full"));
    assertThat(restored()).isEmpty();
    told.takeAll();
    restores.settleAgain();
    assertThat(told.types()).containsExactly(EventTypes.RESTORE_FAILED);
  }

  @Test
  void a_restore_that_completed_stays_completed_when_that_cannot_be_told() {
    told.takeOnly(EventTypes.RESTORE_STARTED::equals);
    Restores restores = restores(AT_ONCE);

    RestoreOrder ended = start(restores);

    assertThat(ended.state()).isInstanceOf(RestoreState.Completed.class);
    assertThat(directory.resolve("restored/one/data")).hasContent("rows");
    assertThat(restores.unsettled()).isEqualTo(1);

    told.takeAll();
    restores.settleAgain();

    assertThat(told.types())
        .containsExactly(EventTypes.RESTORE_STARTED, EventTypes.RESTORE_COMPLETED);
    assertThat(restores.unsettled()).isZero();
    assertThat(watched).containsExactly("started", "Completed");
  }

  @Test
  void a_restore_that_completed_stays_completed_when_that_cannot_be_journaled() {
    journalFull = true;
    Restores restores = restores(AT_ONCE);

    RestoreOrder ended = start(restores);

    assertThat(ended.state()).isInstanceOf(RestoreState.Completed.class);
    assertThat(restores.list())
        .allSatisfy(
            view -> assertThat(view.order().state()).isInstanceOf(RestoreState.Completed.class));

    journalFull = false;
    restores.settleAgain();

    assertThat(restores(AT_ONCE).find(id).orElseThrow().order().state())
        .isInstanceOf(RestoreState.Completed.class);
  }

  @Test
  void what_a_killed_process_could_not_tell_is_told_at_the_next_start() {
    told.takeOnly(EventTypes.RESTORE_STARTED::equals);
    start(restores(AT_ONCE));
    told.takeAll();

    restores(AT_ONCE).closeInterrupted();
    restores(AT_ONCE).closeInterrupted();

    assertThat(told.types())
        .containsExactly(EventTypes.RESTORE_STARTED, EventTypes.RESTORE_COMPLETED);
    assertThat(told.origins()).containsExactly(ADA, ADA);
  }

  @Test
  void a_restore_that_a_killed_process_left_is_failed_at_the_next_start_for_who_asked() {
    start(restores(task -> {}));
    Restores restarted = restores(AT_ONCE);

    restarted.closeInterrupted();

    assertThat(restarted.find(id).orElseThrow().order().state())
        .isInstanceOfSatisfying(
            RestoreState.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(BackupErrors.INTERRUPTED.value()));
    assertThat(told.types()).containsExactly(EventTypes.RESTORE_FAILED);
    assertThat(told.origins()).containsExactly(ADA);
  }

  private final class Watching implements RestoreOrderListener {
    @Override
    public void started(RestoreOrder order) {
      watched.add("started");
    }

    @Override
    public void ended(RestoreOrder order, long damages, @Nullable Throwable cause) {
      watched.add(order.state().getClass().getSimpleName());
    }
  }
}
