package io.farshore.backup.run;

import static io.farshore.backup.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.Origin;
import io.farshore.backup.event.RecordedEvents;
import io.farshore.backup.journal.Settlement;
import io.farshore.backup.observe.ObservedSettlement;
import io.farshore.backup.run.store.FileRunJournal;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Executor AT_ONCE = Runnable::run;
  private static final Origin ADA =
      new Origin(
          Optional.of("ada"),
          Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  @TempDir Path directory;
  private final SigningKey signer = SigningKey.ofSeed(new byte[32]);
  private final FakeReader reader = new FakeReader();
  private final RecordedEvents told = new RecordedEvents();
  private final Watched watched = new Watched();
  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());
  private boolean journalFull;

  private Repository repository(int keySeed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) keySeed);
    return new Repository(List.of(copy("a"), copy("b")), RepositoryKey.of(key), new SecureRandom());
  }

  private Copy copy(String name) {
    return new Copy(name, new DirectoryCopyStore(directory.resolve(name)), true);
  }

  private BackupRuns runs(Repository repository, Executor executor) {
    FileRunJournal journal = new FileRunJournal(directory.resolve("journal"));
    return new BackupRuns(
        repository,
        signer,
        reader,
        journal,
        new Settlement<>(
            run -> {
              if (journalFull && !(run.state() instanceof RunState.Running)) {
                throw new FarshoreException(BackupErrors.JOURNAL_UNWRITABLE, "No room left");
              }
              journal.save(run);
            },
            told,
            new ObservedSettlement("runId")),
        watched,
        Clock.fixed(NOW, ZoneOffset.UTC),
        executor);
  }

  private BackupRuns.View start(BackupRuns runs, RecoveryPointId run) {
    return runs.start(run, "ledger", "ledger-database", ADA);
  }

  @Test
  void a_run_makes_a_recovery_point_of_its_own_name() {
    BackupRuns runs = runs(repository(1), AT_ONCE);
    start(runs, id);
    assertThat(runs.find(id).orElseThrow().run().state())
        .isEqualTo(new RunState.Completed(NOW, id, reader.content.length));
    assertThat(repository(1).list()).containsExactly(id);
    assertThat(told.types())
        .containsExactly(EventTypes.BACKUP_STARTED, EventTypes.RECOVERY_POINT_CREATED);
    assertThat(told.origins()).containsExactly(ADA, ADA);
    assertThat(watched.words).containsExactly("started", "sealed Completed");
  }

  @Test
  void a_run_that_was_begun_is_not_begun_again() {
    BackupRuns runs = runs(repository(1), AT_ONCE);
    start(runs, id);
    start(runs, id);
    assertThat(reader.reads).isEqualTo(1);
    assertThat(runs.list()).hasSize(1);
  }

  @Test
  void one_run_at_a_time_for_each_component() throws InterruptedException {
    reader.proceed = new CountDownLatch(1);
    BackupRuns runs = runs(repository(1), task -> Thread.ofVirtual().start(task));
    start(runs, id);
    assertThatThrownBy(() -> start(runs, RecoveryPointId.of(UUID.randomUUID())))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code()).isEqualTo(BackupErrors.RUN_IN_PROGRESS));
    reader.proceed.countDown();
    await("its end", () -> runs.find(id).orElseThrow().run().state() instanceof RunState.Completed);
    start(runs, RecoveryPointId.of(UUID.randomUUID()));
    await("the other's end", () -> repository(1).list().size() == 2);
  }

  @Test
  void a_run_that_a_killed_process_left_is_failed_at_the_next_start() {
    start(runs(repository(1), task -> {}), id);
    BackupRuns restarted = runs(repository(1), AT_ONCE);

    restarted.closeInterrupted();

    assertThat(restarted.find(id).orElseThrow().run().state())
        .isInstanceOfSatisfying(
            RunState.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(BackupErrors.INTERRUPTED.value()));
    assertThat(told.types()).containsExactly(EventTypes.BACKUP_STARTED, EventTypes.BACKUP_FAILED);
    assertThat(told.origins()).containsExactly(ADA, ADA);
    start(restarted, RecoveryPointId.of(UUID.randomUUID()));
    assertThat(repository(1).list()).hasSize(1);
  }

  @Test
  void one_that_was_killed_after_the_manifest_was_stored_is_completed() {
    BackupRuns killed = runs(repository(1), task -> {});
    start(killed, id);
    try (BackupSession session = repository(1).begin(signer)) {
      session.seal(reader.read(DatabaseComponent.of(new ApplicationId("ledger")), id, session));
    }
    BackupRuns restarted = runs(repository(1), AT_ONCE);
    restarted.closeInterrupted();
    assertThat(restarted.find(id).orElseThrow().run().state())
        .isEqualTo(new RunState.Completed(NOW, id, reader.content.length));
    assertThat(told.types())
        .containsExactly(EventTypes.BACKUP_STARTED, EventTypes.RECOVERY_POINT_CREATED);
  }

  @Test
  void a_run_of_which_nobody_can_be_told_ends_as_it_ends_and_is_told_later() {
    told.takeNothing();
    BackupRuns runs = runs(repository(1), AT_ONCE);

    start(runs, id);

    assertThat(runs.find(id).orElseThrow().run().state()).isInstanceOf(RunState.Completed.class);
    assertThat(repository(1).list()).containsExactly(id);
    assertThat(runs.unsettled()).isEqualTo(1);
    start(runs, RecoveryPointId.of(UUID.randomUUID()));
    assertThat(repository(1).list()).hasSize(2);

    told.takeAll();
    runs.settleAgain();
    runs.settleAgain();

    assertThat(runs.unsettled()).isZero();
    assertThat(told.types())
        .containsExactlyInAnyOrder(
            EventTypes.BACKUP_STARTED,
            EventTypes.RECOVERY_POINT_CREATED,
            EventTypes.BACKUP_STARTED,
            EventTypes.RECOVERY_POINT_CREATED);
    assertThat(watched.words)
        .containsExactly("started", "sealed Completed", "started", "sealed Completed");
  }

  @Test
  void a_run_whose_failure_cannot_be_told_has_failed_and_frees_its_component() {
    told.takeOnly(EventTypes.BACKUP_STARTED::equals);
    reader.failure = new FarshoreException(BackupErrors.TIMELINE_CHANGED, "Promoted");
    BackupRuns runs = runs(repository(1), AT_ONCE);

    start(runs, id);

    assertThat(failure(runs).code()).isEqualTo("source-timeline-changed");
    assertThat(failure(runs(repository(1), AT_ONCE)).code()).isEqualTo("source-timeline-changed");
    reader.failure = null;
    start(runs, RecoveryPointId.of(UUID.randomUUID()));
    assertThat(repository(1).list()).hasSize(1);
  }

  @Test
  void what_a_killed_process_could_not_tell_is_told_at_the_next_start() {
    told.takeOnly(EventTypes.BACKUP_STARTED::equals);
    start(runs(repository(1), AT_ONCE), id);
    told.takeAll();
    BackupRuns restarted = runs(repository(1), AT_ONCE);

    restarted.closeInterrupted();
    runs(repository(1), AT_ONCE).closeInterrupted();

    assertThat(told.types())
        .containsExactly(EventTypes.BACKUP_STARTED, EventTypes.RECOVERY_POINT_CREATED);
    assertThat(told.origins()).containsExactly(ADA, ADA);
    assertThat(watched.words).containsExactly("started", "sealed Completed");
  }

  @Test
  void a_start_at_which_nobody_can_be_told_goes_on_and_tells_later() {
    start(runs(repository(1), task -> {}), id);
    told.takeNothing();
    BackupRuns restarted = runs(repository(1), AT_ONCE);

    restarted.closeInterrupted();

    assertThat(failure(restarted).code()).isEqualTo(BackupErrors.INTERRUPTED.value());
    told.takeAll();
    restarted.settleAgain();
    assertThat(told.types()).containsExactly(EventTypes.BACKUP_STARTED, EventTypes.BACKUP_FAILED);
  }

  @Test
  void an_end_that_cannot_be_journaled_is_known_and_journaled_later() {
    journalFull = true;
    BackupRuns runs = runs(repository(1), AT_ONCE);

    start(runs, id);

    assertThat(runs.find(id).orElseThrow().run().state()).isInstanceOf(RunState.Completed.class);
    assertThat(runs.list())
        .allSatisfy(view -> assertThat(view.run().state()).isInstanceOf(RunState.Completed.class));
    start(runs, RecoveryPointId.of(UUID.randomUUID()));

    journalFull = false;
    runs.settleAgain();

    assertThat(runs(repository(1), AT_ONCE).find(id).orElseThrow().run().state())
        .isInstanceOf(RunState.Completed.class);
  }

  @Test
  void one_who_watches_and_fails_harms_no_run() {
    Executor careless =
        task -> {
          try {
            task.run();
          } catch (IllegalStateException e) {
            assertThat(e).hasMessage("at the end");
          }
        };
    watched.atEnd = new IllegalStateException("at the end");
    BackupRuns runs = runs(repository(1), careless);
    start(runs, id);
    assertThat(runs.find(id).orElseThrow().run().state()).isInstanceOf(RunState.Completed.class);

    watched.atStart = new IllegalStateException("at the start");
    RecoveryPointId other = RecoveryPointId.of(UUID.randomUUID());
    start(runs, other);
    assertThat(runs.find(other).orElseThrow().run().state()).isInstanceOf(RunState.Failed.class);
    start(runs, RecoveryPointId.of(UUID.randomUUID()));
    assertThat(runs.list()).hasSize(3);
  }

  @Test
  void a_failing_source_fails_the_run_by_name_and_makes_no_recovery_point() {
    reader.failure =
        new FarshoreException(BackupErrors.TIMELINE_CHANGED, "the source was promoted");
    BackupRuns runs = runs(repository(1), AT_ONCE);
    start(runs, id);
    assertThat(failure(runs).code()).isEqualTo("source-timeline-changed");
    assertThat(repository(1).list()).isEmpty();
  }

  @Test
  void a_defect_fails_the_run_and_shows_nothing_of_the_inside() {
    reader.failure = new IllegalStateException("secret");
    BackupRuns runs = runs(repository(1), AT_ONCE);
    start(runs, id);
    assertThat(failure(runs).code()).isEqualTo("internal-error");
    assertThat(failure(runs).error()).doesNotContain("secret");
  }

  @Test
  void a_wrong_key_fails_the_run_by_name() {
    start(runs(repository(1), AT_ONCE), id);
    RecoveryPointId other = RecoveryPointId.of(UUID.randomUUID());
    BackupRuns runs = runs(repository(2), AT_ONCE);
    start(runs, other);
    assertThat(((RunState.Failed) runs.find(other).orElseThrow().run().state()).code())
        .isEqualTo(VaultErrors.WRONG_KEY.value());
  }

  @Test
  void a_full_copy_fails_the_run_and_earlier_recovery_points_stay() throws Exception {
    Path small = Files.createDirectory(directory.resolve("a"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "may not mount a file system here");
    try {
      BackupRuns runs = runs(repository(1), AT_ONCE);
      start(runs, id);
      reader.content = new byte[12 << 20];
      new Random(1).nextBytes(reader.content);
      RecoveryPointId tooLarge = RecoveryPointId.of(UUID.randomUUID());

      start(runs, tooLarge);

      RunState.Failed failed = (RunState.Failed) runs.find(tooLarge).orElseThrow().run().state();
      assertThat(failed.code()).isEqualTo(VaultErrors.COPY_FULL.value());
      assertThat(failed.error()).contains("copy.a").doesNotContain("copy.b");
      assertThat(repository(1).verify(id, "a").intact()).isTrue();
      assertThat(repository(1).verify(tooLarge, "b").intact()).isTrue();
      assertThat(told.types())
          .containsExactly(
              EventTypes.BACKUP_STARTED,
              EventTypes.RECOVERY_POINT_CREATED,
              EventTypes.BACKUP_STARTED,
              EventTypes.RECOVERY_POINT_CREATED,
              EventTypes.BACKUP_FAILED);
      assertThat(watched.words)
          .containsExactly("started", "sealed Completed", "started", "sealed Failed");
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  private RunState.Failed failure(BackupRuns runs) {
    return (RunState.Failed) runs.find(id).orElseThrow().run().state();
  }
}
