package io.farshore.backup.event;

import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreOrderListener;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunListener;
import io.farshore.backup.run.RunState;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs and measures runs and restores, and passes them on to be published. */
public class ObservedEnds implements RunListener, RestoreOrderListener {
  private static final Logger LOG = Logger.getLogger(ObservedEnds.class);

  private final BackupEvents events;
  private final MeterRegistry metrics;

  public ObservedEnds(BackupEvents events, MeterRegistry metrics) {
    this.events = events;
    this.metrics = metrics;
  }

  @Override
  public void started(Run run) {
    LOG.infof("Backup run %s of %s started", run.id(), run.component());
    events.started(run);
  }

  @Override
  public void sealed(Run run, BackupResult result, Duration elapsed) {
    events.sealed(run, result, elapsed);
    Tags tags = Tags.of("component", run.component());
    metrics
        .counter("farshore.backup.source.bytes", tags)
        .increment((double) result.manifest().summary().sourceBytes());
    metrics.timer("farshore.backup.duration", tags).record(elapsed);
    for (CopyOutcome outcome : result.outcomes()) {
      metrics
          .counter("farshore.backup.stored.bytes", tags.and("copy", outcome.copy()))
          .increment((double) outcome.storedBytes());
    }
    LOG.infof(
        "Recovery point %s of %s is sealed: %d bytes in %s, %d new",
        run.id(),
        run.component(),
        result.manifest().summary().sourceBytes(),
        elapsed,
        result.manifest().summary().storedBytes());
  }

  @Override
  public void failed(
      Run run, RunState.Failed failure, List<CopyOutcome> outcomes, @Nullable Throwable cause) {
    LOG.errorf(cause, "Backup run %s of %s failed: %s", run.id(), run.component(), failure.error());
    metrics
        .counter(
            "farshore.backup.failures",
            Tags.of("component", run.component(), "code", failure.code()))
        .increment();
    events.failed(run, failure, outcomes, cause);
  }

  @Override
  public void started(RestoreOrder order) {
    LOG.infof(
        "Restore %s of %s into %s started", order.id(), order.recoveryPoint(), order.directory());
    events.started(order);
  }

  @Override
  public void ended(
      RestoreOrder order,
      @Nullable String manifestDigest,
      long damages,
      @Nullable Throwable cause) {
    switch (order.state()) {
      case RestoreState.Running running -> {}
      case RestoreState.Completed completed -> {
        LOG.infof(
            "Restore %s of %s completed: %d bytes from %s, %d damages passed over",
            order.id(),
            order.recoveryPoint(),
            completed.restoredBytes(),
            completed.copies(),
            damages);
        metrics
            .timer("farshore.restore.duration")
            .record(Duration.between(order.startedAt(), completed.at()));
        metrics.counter("farshore.restore.damages").increment((double) damages);
      }
      case RestoreState.Failed failed -> {
        LOG.errorf(cause, "Restore %s failed: %s", order.id(), failed.error());
        metrics.counter("farshore.restore.failures", "code", failed.code()).increment();
      }
    }
    events.ended(order, manifestDigest, damages, cause);
  }
}
