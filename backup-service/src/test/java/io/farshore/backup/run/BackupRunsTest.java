package io.farshore.backup.run;

import static io.farshore.backup.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.run.store.FileRunJournal;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.CopyOutcome;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Executor AT_ONCE = Runnable::run;

  @TempDir Path directory;
  private final SigningKey signer = SigningKey.ofSeed(new byte[32]);
  private final FakeReader reader = new FakeReader();
  private final Told told = new Told();
  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());

  private Repository repository(int keySeed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) keySeed);
    return new Repository(List.of(copy("a"), copy("b")), RepositoryKey.of(key), new SecureRandom());
  }

  private Copy copy(String name) {
    return new Copy(name, new DirectoryCopyStore(directory.resolve(name)), true);
  }

  private BackupRuns runs(Repository repository, Executor executor) {
    return new BackupRuns(
        repository,
        signer,
        reader,
        new FileRunJournal(directory.resolve("journal")),
        told,
        Clock.fixed(NOW, ZoneOffset.UTC),
        executor);
  }

  private BackupRuns.View start(BackupRuns runs, RecoveryPointId run) {
    return runs.start(run, "ledger", "ledger-database", "ada");
  }

  @Test
  void a_run_makes_a_recovery_point_of_its_own_name() {
    BackupRuns runs = runs(repository(1), AT_ONCE);
    start(runs, id);
    assertThat(runs.find(id).orElseThrow().run().state())
        .isEqualTo(new RunState.Completed(NOW, id, reader.content.length));
    assertThat(repository(1).list()).containsExactly(id);
    assertThat(told.words).containsExactly("started", "sealed");
    assertThat(told.actors).containsExactly("ada", "ada");
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
    assertThat(told.words).containsExactly("failed");
    assertThat(told.actors).containsExactly("ada");
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
        .isInstanceOf(RunState.Completed.class);
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
      assertThat(told.words).containsExactly("started", "sealed", "started", "sealed", "failed");
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  private RunState.Failed failure(BackupRuns runs) {
    return (RunState.Failed) runs.find(id).orElseThrow().run().state();
  }

  private static final class Told implements RunListener {
    private final List<String> words = new ArrayList<>();
    private final List<String> actors = new ArrayList<>();

    @Override
    public void started(Run run) {
      words.add("started");
      run.actor().ifPresent(actors::add);
    }

    @Override
    public void sealed(Run run, BackupResult result, Duration elapsed) {
      words.add("sealed");
      run.actor().ifPresent(actors::add);
    }

    @Override
    public void failed(
        Run run, RunState.Failed failure, List<CopyOutcome> outcomes, @Nullable Throwable cause) {
      words.add("failed");
      run.actor().ifPresent(actors::add);
    }
  }

  /** A database of one file. */
  private static final class FakeReader implements DatabaseReader {
    private byte[] content = new byte[100_000];
    private @Nullable RuntimeException failure;
    private @Nullable CountDownLatch proceed;
    private int reads;

    @Override
    public Set<DatabaseComponent> components() {
      return Set.of(DatabaseComponent.of(new ApplicationId("ledger")));
    }

    @Override
    public RecoveryPointFacts read(
        DatabaseComponent component, RecoveryPointId id, BackupSession session) {
      reads++;
      try (OutputStream file = session.file("data", 0600, NOW)) {
        file.write(content);
        if (proceed != null) {
          proceed.await();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failure != null) {
        throw failure;
      }
      return new RecoveryPointFacts(
          id,
          component.application(),
          component.component(),
          new SourceIdentity("1", "18.6", new RegionId("us-east"), false),
          NOW,
          new Timeline(1),
          new Lsn(1),
          new Lsn(2),
          null,
          Map.of(),
          Map.of());
    }
  }
}
