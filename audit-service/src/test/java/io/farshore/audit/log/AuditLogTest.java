package io.farshore.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.audit.event.EventReader;
import io.farshore.audit.event.Events;
import io.farshore.audit.log.EventIntake.Verdict;
import io.farshore.audit.record.OcsfRecords;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.RegionId;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import io.farshore.tlog.writer.LogOpening;
import io.farshore.tlog.writer.LogWriter;
import io.farshore.tlog.writer.Recovery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @TempDir private Path directory;

  private final FlakyDisk disk = new FlakyDisk();
  private final NoteSigner signer =
      new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(new SecureRandom()));
  private final OcsfRecords records = new OcsfRecords(signer.name());
  private final Clock clock = Clock.systemUTC();
  private final OwnEvents ownEvents =
      new OwnEvents(new RegionId("us-east"), records, clock, IdGenerator.timeOrdered(clock));
  private final Listener listener = new Listener();

  @Test
  void theSameEventTwiceIsOneEntry() throws Exception {
    try (AuditLog log = open()) {
      assertThat(take(log, event("a"))).isEqualTo(new Verdict.Logged(false));
      assertThat(take(log, event("a"))).isEqualTo(new Verdict.Logged(true));
      CompletionStage<Verdict> first = intake(log).take(event("b"));
      CompletionStage<Verdict> second = intake(log).take(event("b"));
      assertThat(List.of(await(first), await(second)))
          .containsExactly(new Verdict.Logged(false), new Verdict.Logged(true));
    }

    assertThat(entries()).filteredOn(entry -> entry.contains("declared")).hasSize(2);
  }

  @Test
  void aRestartedLogKnowsWhatItLoggedAndSaysThatItStarted() throws Exception {
    try (AuditLog log = open()) {
      take(log, event("a"));
    }
    try (AuditLog log = open()) {
      assertThat(take(log, event("a"))).isEqualTo(new Verdict.Logged(true));
      assertThat(take(log, event("b"))).isEqualTo(new Verdict.Logged(false));
    }

    assertThat(entries()).hasSize(4);
    assertThat(entries()).filteredOn(entry -> entry.contains("log.started.v1")).hasSize(2);
  }

  @Test
  void whatIsDurableIsPublishedWithinTheIntervalWithoutFurtherEvents() throws Exception {
    try (AuditLog log = open()) {
      take(log, event("a"));
      assertThat(listener.published.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(log.published().size()).isEqualTo(2);
      assertThat(verify().intact()).isTrue();
    }
  }

  @Test
  void garbageIsRejectedAndThatItCameIsLoggedOnce() throws Exception {
    byte[] garbage = "{garbage".getBytes(StandardCharsets.UTF_8);
    try (AuditLog log = open()) {
      assertThat(take(log, garbage)).isEqualTo(new Verdict.Rejected("it is not one JSON object"));
      assertThat(take(log, garbage)).isInstanceOf(Verdict.Rejected.class);
    }

    assertThat(entries())
        .filteredOn(entry -> entry.contains("event.rejected.v1"))
        .singleElement()
        .asString()
        .contains("it is not one JSON object")
        .doesNotContain("{garbage");
  }

  @Test
  void whileTheDiskIsFullEventsWaitAndThenAreLogged() throws Exception {
    try (AuditLog log = open()) {
      disk.full(true);
      CompletionStage<Verdict> waiting = intake(log).take(event("a"));
      assertThat(listener.failed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(log.failure()).isPresent();
      assertThat(waiting.toCompletableFuture()).isNotDone();

      disk.full(false);

      assertThat(await(waiting)).isEqualTo(new Verdict.Logged(false));
      assertThat(log.failure()).isEmpty();
    }
    assertThat(entries()).filteredOn(entry -> entry.contains("declared")).hasSize(1);
  }

  @Test
  void anEventThatReachedTheDiskAlthoughTheDiskSaidOtherwiseIsNotLoggedTwice() throws Exception {
    try (AuditLog log = open()) {
      take(log, event("before"));
      disk.losesConfirmations(true);

      assertThat(take(log, event("a"))).isInstanceOf(Verdict.Logged.class);
      assertThat(listener.failed.getCount()).isZero();
    }
    assertThat(entries()).filteredOn(entry -> entry.contains("\"uid\":\"a\"")).hasSize(1);
  }

  @Test
  void aLogThatCannotBeOpenedStopsTheStart() {
    try (AuditLog first = open()) {
      assertThat(first.alive()).isTrue();
      assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(() -> open().close())
          .satisfies(refused -> assertThat(refused.code().value()).isEqualTo("log-locked"));
    }
  }

  @Test
  void aClosedLogAnswersWhoeverWaitsAndMakesRoom() {
    AuditLog log = open();
    disk.full(true);
    List<CompletableFuture<AppendOutcome>> waiting = new ArrayList<>();
    for (int i = 0; i < EntryQueue.ENTRIES_MAX + 300; i++) {
      waiting.add(log.append(new PreparedEntry("id-" + i, new byte[1])).toCompletableFuture());
    }
    CompletableFuture<?> room = log.room().toCompletableFuture();
    log.close();

    assertThat(room).isCompleted();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(log.append(new PreparedEntry("late", new byte[1])).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void roomComesBackWhenTheLogHasCaughtUp() throws Exception {
    try (AuditLog log = open()) {
      disk.full(true);
      List<CompletableFuture<AppendOutcome>> waiting = new ArrayList<>();
      for (int i = 0; i < EntryQueue.ENTRIES_MAX + 300; i++) {
        waiting.add(log.append(new PreparedEntry("id-" + i, new byte[1])).toCompletableFuture());
      }
      CompletionStage<?> room = log.room();
      assertThat(room.toCompletableFuture()).isNotDone();

      disk.full(false);

      room.toCompletableFuture().get(60, TimeUnit.SECONDS);
      for (CompletableFuture<AppendOutcome> each : waiting) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
      }
    }
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void whoeverGetsRoomMayUseItAtOnceAndAskForMore() {
    EntryQueue queue = new EntryQueue();
    Runnable fill =
        () -> {
          while (queue.hasRoom()) {
            PreparedEntry entry = new PreparedEntry("id", new byte[1]);
            queue.add(new EntryQueue.Waiting(entry, new CompletableFuture<>()));
          }
        };
    fill.run();
    List<CompletionStage<?>> again = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      queue
          .room()
          .thenRun(
              () -> {
                fill.run();
                again.add(queue.room());
              });
    }

    assertThat(queue.take(300, Duration.ZERO)).hasSize(300);

    assertThat(again).hasSize(3).noneMatch(room -> room.toCompletableFuture().isDone());
    queue.close();
    assertThat(again).allMatch(room -> room.toCompletableFuture().isDone());
    assertThat(queue.isFinished()).isFalse();
  }

  @Test
  void longEntriesLeaveNoRoomBeforeManyDo() {
    EntryQueue queue = new EntryQueue();
    while (queue.hasRoom()) {
      PreparedEntry entry = new PreparedEntry("id", new byte[65_535]);
      queue.add(new EntryQueue.Waiting(entry, new CompletableFuture<>()));
    }

    assertThat(queue.size()).isEqualTo(513);
  }

  @Test
  void whoReadsIsLoggedBeforeAndWhoReadsMuchIsLoggedOnce() throws Exception {
    try (AuditLog log = open()) {
      ReadAccess access = new ReadAccess(log, ownEvents, MonotonicClock.system());
      access.read("ada", "192.0.2.1:5", "entries", Map.of("from", 0));
      for (int i = 0; i < 20; i++) {
        access.readBulk("mirror", "192.0.2.2:5", "entry bundles");
      }
      disk.full(true);
      CompletableFuture<?> waiting =
          log.append(new PreparedEntry("x", new byte[1])).toCompletableFuture();
      assertThat(listener.failed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(() -> access.read("eve", "192.0.2.3:5", "entries", Map.of()));
      disk.full(false);
      waiting.get(30, TimeUnit.SECONDS);
    }

    assertThat(entries())
        .filteredOn(entry -> entry.contains("entries.read.v1"))
        .hasSize(2)
        .noneMatch(entry -> entry.contains("\"eve\""));
  }

  private AuditLog open() {
    LogFiles files = new LogFiles(disk, directory.resolve("log"));
    OpenLog.Opener opener =
        () -> {
          LogWriter writer = LogOpening.open(files, signer, new SecureRandom());
          return new OpenLog(writer, files, records::eventId)
              .begin(ownEvents.started(writer.recovery()));
        };
    return new AuditLog(opener, INTERVAL, MonotonicClock.system(), listener);
  }

  private EventIntake intake(AuditLog log) {
    return new EventIntake(new EventReader(), records, ownEvents, log, clock);
  }

  private Verdict take(AuditLog log, byte[] body) throws Exception {
    return await(intake(log).take(body));
  }

  private static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static byte[] event(String id) {
    return Events.applicationDeclared(id);
  }

  private VerificationReport verify() {
    return LogVerification.verify(directory.resolve("log"), signer.verifierKey());
  }

  private List<String> entries() {
    VerificationReport report = verify();
    assertThat(report.findings()).isEmpty();
    long size = report.checkpoint().orElseThrow().size();
    return new LogReader(LogFiles.of(directory.resolve("log")), size)
        .entries(0, (int) size).stream()
            .map(entry -> new String(entry, StandardCharsets.UTF_8))
            .toList();
  }

  private static final class Listener implements AuditLogListener {
    private final CountDownLatch published = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);
    private final AtomicReference<Optional<Recovery>> recovery =
        new AtomicReference<>(Optional.empty());

    @Override
    public void onOpened(Recovery found, LogCheckpoint checkpoint) {
      recovery.set(Optional.of(found));
    }

    @Override
    public void onAppended(int entries, int duplicates, Duration took) {}

    @Override
    public void onPublished(LogCheckpoint checkpoint) {
      if (checkpoint.size() >= 2) {
        published.countDown();
      }
    }

    @Override
    public void onFailure(FarshoreException failure, Duration retryAfter) {
      failed.countDown();
    }
  }
}
