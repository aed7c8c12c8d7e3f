package io.farshore.backup;

import io.farshore.backup.restore.Restores;
import io.farshore.backup.run.BackupRuns;
import io.farshore.quarkus.log.KeyedLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sees to it that what could not be journaled or told when it happened is, as soon as it can. */
@Singleton
public class SettlementTimer {
  /** An outbox or a disk that is full seldom has room again sooner. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final KeyedLog LOG = KeyedLog.of(SettlementTimer.class);

  private final BackupRuns runs;
  private final Restores restores;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("settlement").factory());

  @Inject
  SettlementTimer(BackupRuns runs, Restores restores, MeterRegistry metrics) {
    this.runs = runs;
    this.restores = restores;
    measure(metrics);
  }

  private void measure(MeterRegistry metrics) {
    Gauge.builder(
            "farshore.backup.unsettled",
            this,
            self -> self.runs.unsettled() + self.restores.unsettled())
        .description("Runs and restores that could not be journaled, or told of, yet")
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    var _ =
        timer.scheduleWithFixedDelay(
            this::settleAgain, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void settleAgain() {
    try {
      runs.settleAgain();
      restores.settleAgain();
    } catch (RuntimeException e) {
      // The next try comes by itself; a timer that an exception stops would be worse.
      LOG.with("error", e).warn("What waits could not be tried again");
    }
  }
}
