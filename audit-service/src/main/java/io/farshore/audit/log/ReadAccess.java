package io.farshore.audit.log;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the log who reads it, before they get to see it. Whoever reads bundle after bundle,
 * as a mirror does, is written down once a minute with the number of reads since, for otherwise
 * each read would make the log grow and be read again. Thread-safe.
 */
public final class ReadAccess {
  /** A durable append takes milliseconds; a disk that hangs is a failure. */
  private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration BULK_WINDOW = Duration.ofMinutes(1);

  /** Bounds memory: a few auditors and mirrors read a log. */
  private static final int READERS_MAX = 1_000;

  private record Bulk(MonotonicInstant since, long reads) {}

  private final AuditLog log;
  private final OwnEvents ownEvents;
  private final MonotonicClock clock;
  private final Map<String, Bulk> readers = new LinkedHashMap<>();

  public ReadAccess(AuditLog log, OwnEvents ownEvents, MonotonicClock clock) {
    this.log = log;
    this.ownEvents = ownEvents;
    this.clock = clock;
  }

  /**
   * Records one reading; durable when it returns.
   *
   * @throws FarshoreException {@code audit-log-unavailable}: what cannot be recorded is not read
   */
  public void read(String reader, String remote, String what, Map<String, Object> particulars) {
    if (log.failure().isPresent() || !log.hasRoom()) {
      throw unavailable(null);
    }
    CompletableFuture<AppendOutcome> appended =
        log.append(ownEvents.read(reader, remote, what, particulars)).toCompletableFuture();
    try {
      appended.orTimeout(APPEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      throw unavailable(failed);
    }
  }

  /** Records the first of many readings, and then one a minute. */
  public void readBulk(String reader, String remote, String what) {
    long before;
    synchronized (readers) {
      MonotonicInstant now = clock.now();
      @Nullable Bulk bulk = readers.get(reader);
      if (bulk != null && now.since(bulk.since()).compareTo(BULK_WINDOW) < 0) {
        readers.put(reader, new Bulk(bulk.since(), bulk.reads() + 1));
        return;
      }
      before = bulk == null ? 0 : bulk.reads();
      readers.remove(reader);
      readers.put(reader, new Bulk(now, 0));
      if (readers.size() > READERS_MAX) {
        readers.remove(readers.keySet().iterator().next());
      }
    }
    read(reader, remote, what, Map.of("readsSinceLastEntry", before));
  }

  private static FarshoreException unavailable(@Nullable Throwable cause) {
    return new FarshoreException(
        AuditLog.LOG_UNAVAILABLE,
        "The audit log cannot record that it is read, so it is not read",
        Map.of(),
        cause);
  }
}
