package io.farshore.audit.log;

import io.farshore.audit.log.EntryQueue.Waiting;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log as the service uses it: takes entries from any thread, writes what has gathered as one
 * durable batch from a thread of its own, and publishes checkpoints at an interval. When the disk
 * fails, what is waiting goes on waiting: the log is opened again and again, and because whether
 * the last batch had reached the disk is unknown, the ids in the log decide. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  public static final ErrorCode LOG_UNAVAILABLE =
      ErrorCode.retryable("audit-log-unavailable", ErrorCategory.UNAVAILABLE);

  public static final ErrorCode LOG_STOPPED =
      ErrorCode.permanent("audit-log-stopped", ErrorCategory.INTERNAL);

  /** What one sync makes durable: a full entry bundle. */
  private static final int BATCH_ENTRIES_MAX = 256;

  /** With nothing to publish the thread waits for entries; how long at a time does not matter. */
  private static final Duration IDLE_WAIT = Duration.ofHours(1);

  private static final Duration RETRY_DELAY_MIN = Duration.ofMillis(250);
  private static final Duration RETRY_DELAY_MAX = Duration.ofSeconds(15);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final OpenLog.Opener opener;
  private final Duration publishInterval;
  private final MonotonicClock clock;
  private final AuditLogListener listener;
  private final EntryQueue queue = new EntryQueue();
  private final Thread writer;
  private volatile Optional<LogCheckpoint> published = Optional.empty();
  private volatile Optional<FarshoreException> failure = Optional.empty();

  // Used by the writer's thread alone, and by the constructor before it starts.
  private @Nullable OpenLog log;
  private @Nullable MonotonicInstant unpublishedSince;

  /**
   * Opens the log and begins to write.
   *
   * @throws FarshoreException if the log cannot be opened: a process that starts must not accept
   *     events for a log that is damaged or not its own
   */
  public AuditLog(
      OpenLog.Opener opener,
      Duration publishInterval,
      MonotonicClock clock,
      AuditLogListener listener) {
    this.opener = opener;
    this.publishInterval = publishInterval;
    this.clock = clock;
    this.listener = listener;
    open();
    this.writer =
        Thread.ofPlatform()
            .name("audit-log")
            .daemon()
            .uncaughtExceptionHandler((thread, defect) -> onDefect(defect))
            .start(this::run);
  }

  /**
   * Appends an entry unless one with this id is there. The answer comes when it is durable, however
   * long that takes; exceptionally only when the log was closed.
   */
  public CompletionStage<AppendOutcome> append(PreparedEntry entry) {
    Waiting waiting = new Waiting(entry, new CompletableFuture<>());
    if (!queue.add(waiting)) {
      waiting.outcome().completeExceptionally(closedFailure());
    }
    return waiting.outcome();
  }

  /** Done when the queue has room: whoever appends waits for it before appending more. */
  public CompletionStage<@Nullable Void> room() {
    return queue.room();
  }

  /** Whether the queue has room now. */
  public boolean hasRoom() {
    return queue.hasRoom();
  }

  /** Number of entries that are not yet durable. */
  public int waitingEntries() {
    return queue.size();
  }

  /** The newest published checkpoint. */
  public LogCheckpoint published() {
    return published.orElseThrow();
  }

  /** Whether the log's thread runs; without it nothing will be appended until a restart. */
  public boolean alive() {
    return writer.isAlive();
  }

  /** Why nothing can be appended now; empty if it can. */
  public Optional<FarshoreException> failure() {
    return failure;
  }

  /** Makes durable and publishes what is waiting, within two seconds, and gives up the log. */
  @Override
  public void close() {
    queue.close();
    try {
      writer.join(CLOSE_TIMEOUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration delay = RETRY_DELAY_MIN;
    List<Waiting> batch = new ArrayList<>();
    while (true) {
      boolean last = false;
      try {
        OpenLog open = log;
        if (open == null) {
          open = open();
        }
        if (batch.isEmpty()) {
          batch.addAll(queue.take(BATCH_ENTRIES_MAX, untilPublish()));
        }
        write(open, batch);
        last = queue.isFinished();
        publishIfDue(open, last);
        delay = RETRY_DELAY_MIN;
      } catch (FarshoreException refused) {
        failure = Optional.of(refused);
        listener.onFailure(refused, delay);
        giveUpLog();
        last = queue.isClosedWithin(delay);
        delay =
            delay.multipliedBy(2).compareTo(RETRY_DELAY_MAX) < 0
                ? delay.multipliedBy(2)
                : RETRY_DELAY_MAX;
      }
      if (last) {
        giveUpLog();
        refuse(batch);
        return;
      }
    }
  }

  private void onDefect(Throwable defect) {
    FarshoreException stopped =
        new FarshoreException(
            LOG_STOPPED,
            "The audit log's writer stopped for a defect",
            Map.of("error", defect.toString()),
            defect);
    failure = Optional.of(stopped);
    listener.onFailure(stopped, Duration.ZERO);
  }

  private OpenLog open() {
    OpenLog opened = opener.open();
    log = opened;
    unpublishedSince = clock.now(); // whoever opens a log writes in it that it was opened
    published = Optional.of(opened.published());
    failure = Optional.empty();
    listener.onOpened(opened.recovery(), opened.published());
    return opened;
  }

  private Duration untilPublish() {
    MonotonicInstant since = unpublishedSince;
    return since == null ? IDLE_WAIT : publishInterval.minus(clock.now().since(since));
  }

  private void write(OpenLog open, List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    MonotonicInstant began = clock.now();
    List<Waiting> fresh = new ArrayList<>();
    for (Waiting each : batch) {
      if (!open.knows(each.id()) && fresh.stream().noneMatch(f -> f.id().equals(each.id()))) {
        fresh.add(each);
      }
    }
    long first = fresh.isEmpty() ? 0 : open.append(fresh.stream().map(Waiting::entry).toList());
    if (unpublishedSince == null && !fresh.isEmpty()) {
      unpublishedSince = began;
    }
    listener.onAppended(fresh.size(), batch.size() - fresh.size(), clock.now().since(began));
    List<Waiting> done = List.copyOf(batch);
    batch.clear();
    for (Waiting each : done) {
      int place = fresh.indexOf(each);
      each.outcome()
          .complete(
              place < 0
                  ? new AppendOutcome.Duplicate()
                  : new AppendOutcome.Appended(first + place));
    }
  }

  private void publishIfDue(OpenLog open, boolean last) {
    if (unpublishedSince != null && (last || !untilPublish().isPositive())) {
      LogCheckpoint checkpoint = open.publish();
      unpublishedSince = null;
      published = Optional.of(checkpoint);
      listener.onPublished(checkpoint);
    }
  }

  private void giveUpLog() {
    OpenLog open = log;
    log = null;
    unpublishedSince = null; // opening a log publishes what is durable
    if (open != null) {
      try {
        open.close();
      } catch (FarshoreException refused) {
        listener.onFailure(refused, Duration.ZERO);
      }
    }
  }

  private void refuse(List<Waiting> batch) {
    List<Waiting> left = new ArrayList<>(batch);
    left.addAll(queue.take(Integer.MAX_VALUE, Duration.ZERO));
    left.forEach(each -> each.outcome().completeExceptionally(closedFailure()));
  }

  private static FarshoreException closedFailure() {
    return new FarshoreException(LOG_UNAVAILABLE, "The audit log is closed");
  }
}
