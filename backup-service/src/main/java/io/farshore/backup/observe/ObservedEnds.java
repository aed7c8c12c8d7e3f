package io.farshore.backup.observe;

import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreOrderListener;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunListener;
import io.farshore.backup.run.RunState;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logs and measures runs and restores. Lines are of the trace of the request. Thread-safe. */
public final class ObservedEnds implements RunListener, RestoreOrderListener {
  private static final KeyedLog LOG = KeyedLog.of(ObservedEnds.class);

  private final MeterRegistry metrics;

  public ObservedEnds(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public void started(Run run) {
    about(run).info("Backup run started");
  }

  @Override
  public void ended(Run run, Optional<BackupResult> result, @Nullable Throwable cause) {
    switch (run.state()) {
      case RunState.Running running -> {}
      case RunState.Completed completed -> {
        result.ifPresent(made -> sealed(run, made, completed.at()));
        about(run).with("recoveryPointId", run.id()).info("Backup run completed");
      }
      case RunState.Failed failed -> {
        result.ifPresent(made -> sealed(run, made, failed.at()));
        failed(about(run), failed.code(), failed.error(), cause).error("Backup run failed");
        metrics
            .counter(
                "farshore.backup.failures",
                Tags.of("component", run.component(), "code", failed.code()))
            .increment();
      }
    }
  }

  private void sealed(Run run, BackupResult result, Instant at) {
    Duration elapsed = Duration.between(run.startedAt(), at);
    RecoveryPointSummary summary = result.manifest().summary();
    about(run)
        .with("recoveryPointId", summary.id())
        .with("sourceBytes", summary.sourceBytes())
        .with("storedBytes", summary.storedBytes())
        .with("elapsed", elapsed)
        .info("Recovery point sealed");
    Tags tags = Tags.of("component", run.component());
    metrics.counter("farshore.backup.source.bytes", tags).increment((double) summary.sourceBytes());
    metrics.timer("farshore.backup.duration", tags).record(elapsed);
    for (CopyOutcome outcome : result.outcomes()) {
      metrics
          .counter("farshore.backup.stored.bytes", tags.and("copy", outcome.copy()))
          .increment((double) outcome.storedBytes());
    }
  }

  @Override
  public void started(RestoreOrder order) {
    about(order).with("directory", order.directory()).info("Restore started");
  }

  @Override
  public void ended(RestoreOrder order, long damages, @Nullable Throwable cause) {
    switch (order.state()) {
      case RestoreState.Running running -> {}
      case RestoreState.Completed completed -> {
        about(order)
            .with("restoredBytes", completed.restoredBytes())
            .with("copies", completed.copies())
            .with("damages", damages)
            .info("Restore completed");
        metrics
            .timer("farshore.restore.duration")
            .record(Duration.between(order.startedAt(), completed.at()));
        metrics.counter("farshore.restore.damages").increment((double) damages);
      }
      case RestoreState.Failed failed -> {
        failed(about(order), failed.code(), failed.error(), cause).error("Restore failed");
        metrics.counter("farshore.restore.failures", "code", failed.code()).increment();
      }
    }
  }

  private static KeyedLog.Line about(Run run) {
    return LOG.with("runId", run.id())
        .with("application", run.application())
        .with("component", run.component())
        .with("traceId", run.origin().traceId().orElse(null));
  }

  private static KeyedLog.Line about(RestoreOrder order) {
    return LOG.with("restoreId", order.id())
        .with("recoveryPointId", order.recoveryPoint())
        .with("traceId", order.origin().traceId().orElse(null));
  }

  /** The code first, then the reason, which begins with the code if it came with one. */
  private static KeyedLog.Line failed(
      KeyedLog.Line line, String code, String error, @Nullable Throwable cause) {
    line.with("error", error.startsWith(code) ? error : code + ": " + error);
    return cause == null ? line : line.because(cause);
  }
}
