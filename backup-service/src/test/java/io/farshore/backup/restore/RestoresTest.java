package io.farshore.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.restore.store.FileRestoreJournal;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
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
  private static final ErrorCode FULL = ErrorCode.retryable("outbox-full", ErrorCategory.EXHAUSTED);

  @TempDir Path directory;
  private final RecoveryPointId point = RecoveryPointId.of(UUID.randomUUID());
  private final String id = UUID.randomUUID().toString();
  private final Told told = new Told();

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
    return new Restores(
        repository(),
        new RestoreRoot(directory.resolve("restored")),
        new FileRestoreJournal(directory.resolve("journal")),
        told,
        Clock.fixed(NOW, ZoneOffset.UTC),
        executor);
  }

  private RestoreOrder start(Restores restores) {
    restores.start(id, point, Optional.empty(), "one", Optional.empty(), "ada");
    return restores.find(id).orElseThrow().order();
  }

  private List<Path> restored() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("restored"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void a_restore_is_told_before_its_first_byte_is_written_and_when_it_ends() {
    RestoreOrder ended = start(restores(AT_ONCE));

    assertThat(ended.state()).isInstanceOf(RestoreState.Completed.class);
    assertThat(directory.resolve("restored/one/data")).hasContent("rows");
    assertThat(told.words).containsExactly("ada started", "ada ended");
    assertThat(told.filesAtStart).isEmpty();
  }

  @Test
  void a_restore_whose_beginning_cannot_be_told_writes_nothing() throws IOException {
    told.failure = new FarshoreException(FULL, "The outbox is full");

    RestoreOrder ended = start(restores(AT_ONCE));

    assertThat(ended.state())
        .isInstanceOfSatisfying(
            RestoreState.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("outbox-full"));
    assertThat(restored()).isEmpty();
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
    assertThat(told.words).containsExactly("ada ended");
  }

  private final class Told implements RestoreOrderListener {
    private final List<String> words = new ArrayList<>();
    private List<Path> filesAtStart = List.of();
    private @Nullable RuntimeException failure;

    @Override
    public void started(RestoreOrder order) {
      words.add(order.actor().orElse("nobody") + " started");
      try {
        filesAtStart = restored();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void ended(
        RestoreOrder order,
        @Nullable String manifestDigest,
        long damages,
        @Nullable Throwable cause) {
      words.add(order.actor().orElse("nobody") + " ended");
    }
  }
}
