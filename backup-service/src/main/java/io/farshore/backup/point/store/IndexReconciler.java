package io.farshore.backup.point.store;

import io.farshore.backup.point.PointViews;
import io.farshore.backup.point.RecoveryPoints;
import io.farshore.backup.run.BackupRuns;
import io.farshore.backup.run.rest.RunViews;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.repository.Repository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the copies from time to time and makes the index equal to what lies there; how old the
 * newest good recovery point of each copy is becomes a metric. Works without the index, too.
 */
@Singleton
public class IndexReconciler {
  /** Often enough that an alarm about a lost copy is not much later than the loss. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** The newest ones; older ones keep their last known state until asked for by name. */
  private static final int POINTS_MAX = 500;

  private static final KeyedLog LOG = KeyedLog.of(IndexReconciler.class);

  private final RecoveryPoints points;
  private final PointViews views;
  private final BackupRuns runs;
  private final IndexConnection connection;
  private final Clock clock;
  private final Map<String, Instant> newestByCopy = new ConcurrentHashMap<>();
  private final AtomicInteger unreadable = new AtomicInteger();
  private boolean indexAway;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("index-reconciler").factory());

  @Inject
  IndexReconciler(
      RecoveryPoints points,
      PointViews views,
      BackupRuns runs,
      Repository repository,
      IndexConnection connection,
      Clock clock,
      MeterRegistry metrics) {
    this.points = points;
    this.views = views;
    this.runs = runs;
    this.connection = connection;
    this.clock = clock;
    repository.copies().forEach(copy -> measure(metrics, copy.name()));
    Gauge.builder("farshore.backup.recovery.points.unreadable", unreadable, AtomicInteger::get)
        .description("Recovery points of which no copy has a good manifest")
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    var _ =
        timer.scheduleWithFixedDelay(
            this::reconcileQuietly, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  /**
   * Looks at the copies and writes the index.
   *
   * @throws FarshoreException if no copy can be asked
   */
  public synchronized ReconcileReport reconcile() {
    List<RecoveryPoint> found = new ArrayList<>();
    int bad = 0;
    for (RecoveryPointId id : points.ids(Optional.empty(), POINTS_MAX)) {
      try {
        found.add(views.view(points.require(id)));
      } catch (FarshoreException e) {
        bad++;
        LOG.with("recoveryPointId", id)
            .with("error", e.describe())
            .warn("The recovery point cannot be read");
      }
    }
    unreadable.set(bad);
    remember(found);
    return new ReconcileReport(found.size(), bad, index(found));
  }

  private boolean index(List<RecoveryPoint> found) {
    try {
      connection.prepare();
      connection.index().replacePoints(found, clock.instant());
      connection
          .index()
          .putRuns(runs.list().stream().map(view -> RunViews.view(view, clock.instant())).toList());
      indexAway = false;
      return true;
    } catch (SQLException e) {
      connection.lost();
      if (!indexAway) {
        // Once for each outage, not every half minute.
        indexAway = true;
        LOG.with("error", e.getMessage()).warn("The index is away; everything works without it");
      }
      return false;
    }
  }

  private void reconcileQuietly() {
    try {
      reconcile();
    } catch (RuntimeException e) {
      // The next look comes by itself; a timer that an exception stops would be worse.
      LOG.with("error", e).warn("The copies could not be looked at");
    }
  }

  private void remember(List<RecoveryPoint> found) {
    Map<String, Instant> newest = new ConcurrentHashMap<>();
    for (RecoveryPoint point : found) {
      for (RecoveryPoint.Copy copy : point.copies()) {
        if (copy.state().equals("present")) {
          newest.merge(copy.name(), point.takenAt(), (one, two) -> one.isAfter(two) ? one : two);
        }
      }
    }
    newestByCopy.keySet().retainAll(newest.keySet());
    newestByCopy.putAll(newest);
  }

  private void measure(MeterRegistry metrics, String copy) {
    Gauge.builder("farshore.backup.copy.newest.age", this, self -> self.ageSeconds(copy))
        .description("Age of the newest recovery point that lies whole in the copy; NaN: none")
        .baseUnit("seconds")
        .tags(Tags.of("copy", copy))
        .register(metrics);
  }

  private double ageSeconds(String copy) {
    Instant newest = newestByCopy.get(copy);
    return newest == null
        ? Double.NaN
        : Duration.between(newest, clock.instant()).toMillis() / 1000.0;
  }
}
