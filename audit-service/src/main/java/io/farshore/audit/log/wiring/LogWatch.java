package io.farshore.audit.log.wiring;

import io.farshore.audit.log.AuditLogListener;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.writer.Recovery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Turns what the log does into metrics and lines. */
@Singleton
public class LogWatch implements AuditLogListener {
  private static final KeyedLog LOG = KeyedLog.of(LogWatch.class);

  private final Counter entries;
  private final Counter duplicates;
  private final Counter failures;
  private final Timer appends;
  private final AtomicLong publishedSize = new AtomicLong();

  @Inject
  LogWatch(MeterRegistry metrics) {
    entries =
        Counter.builder("farshore.audit.entries")
            .description("Entries made durable by this process")
            .register(metrics);
    duplicates =
        Counter.builder("farshore.audit.duplicates")
            .description("Events that came again and were already logged")
            .register(metrics);
    failures =
        Counter.builder("farshore.audit.log.failures")
            .description("Times the log could not be written or opened")
            .register(metrics);
    appends =
        Timer.builder("farshore.audit.append")
            .description("Time to make a batch of entries durable")
            .publishPercentileHistogram()
            .register(metrics);
    Gauge.builder("farshore.audit.log.size", publishedSize, AtomicLong::doubleValue)
        .description("Entries covered by the newest published checkpoint")
        .register(metrics);
  }

  @Override
  public void onOpened(Recovery recovery, LogCheckpoint published) {
    publishedSize.set(published.size());
    LOG.with("origin", published.origin())
        .with("size", published.size())
        .with("root", published.root())
        .with("recoveredEntries", recovery.recoveredEntries())
        .with("tornBytes", recovery.tornBytes())
        .info("Audit log opened");
    if (!recovery.journalPresent() && recovery.publishedSize() > 0) {
      LOG.warn(
          "The audit log has no journal: entries that were durable but not published are missing");
    }
  }

  @Override
  public void onAppended(int appended, int known, Duration took) {
    entries.increment(appended);
    duplicates.increment(known);
    appends.record(took);
  }

  @Override
  public void onPublished(LogCheckpoint checkpoint) {
    publishedSize.set(checkpoint.size());
    LOG.with("size", checkpoint.size())
        .with("root", checkpoint.root())
        .debug("Checkpoint published");
  }

  @Override
  public void onFailure(FarshoreException failure, Duration retryAfter) {
    failures.increment();
    LOG.with("error", failure.describe())
        .with("retryAfter", retryAfter)
        .error("The audit log cannot be written");
  }
}
