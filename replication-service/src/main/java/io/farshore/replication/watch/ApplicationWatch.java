package io.farshore.replication.watch;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.replication.lag.LagThresholds;
import io.farshore.replication.lag.LinkAlarm;
import io.farshore.replication.lag.LinkBook;
import io.farshore.replication.lag.LinkEvent;
import io.farshore.replication.lag.LinkKey;
import io.farshore.replication.lag.LinkReading;
import io.farshore.replication.lag.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches one application's database: looks, keeps the book, raises alarms, keeps samples. {@link
 * #tick} is for one thread; what it found may be read by all.
 */
public final class ApplicationWatch implements AutoCloseable {
  private static final KeyedLog LOG = KeyedLog.of(ApplicationWatch.class);

  private final ApplicationId application;
  private final WatchedDatabase database;
  private final LinkBook book;
  private final LagThresholds thresholds;
  private final LinkEvents events;
  private final Samples samples;
  private final MonotonicClock clock;
  private final Map<LinkKey, LinkAlarm> alarms = new HashMap<>();
  private final AtomicLong eventsLost = new AtomicLong();
  private volatile List<LinkReading> readings = List.of();
  private volatile boolean answered;
  private boolean looked;

  public ApplicationWatch(
      ApplicationId application,
      WatchedDatabase database,
      LinkBook book,
      LagThresholds thresholds,
      LinkEvents events,
      Samples samples,
      MonotonicClock clock) {
    this.application = application;
    this.database = database;
    this.book = book;
    this.thresholds = thresholds;
    this.events = events;
    this.samples = samples;
    this.clock = clock;
  }

  /** One look and all that follows from it. */
  public void tick() {
    Observation observation = database.look();
    note(observation);
    List<LinkReading> now = book.observe(observation);
    readings = now;
    alarms.keySet().retainAll(now.stream().map(LinkReading::link).toList());
    for (LinkReading reading : now) {
      alarms
          .computeIfAbsent(reading.link(), link -> new LinkAlarm(thresholds))
          .on(reading, clock.now())
          .forEach(this::publish);
      samples.add(reading, clock.now());
    }
  }

  public ApplicationId application() {
    return application;
  }

  /** Links as the newest look showed them. */
  public List<LinkReading> readings() {
    return readings;
  }

  /** Whether the database answered the newest look. */
  public boolean answered() {
    return answered;
  }

  /** Events that could not be stored since start. */
  public long eventsLost() {
    return eventsLost.get();
  }

  @Override
  public void close() {
    database.close();
  }

  private void publish(LinkEvent event) {
    try {
      events.publish(event);
    } catch (FarshoreException e) {
      eventsLost.incrementAndGet();
      LOG.with("subject", event.link().subject())
          .with("error", e.describe())
          .warn("An event could not be stored");
    }
  }

  private void note(Observation observation) {
    boolean before = answered;
    boolean first = !looked;
    looked = true;
    answered = !(observation instanceof Observation.Unanswered);
    if (observation instanceof Observation.Unanswered unanswered && (before || first)) {
      LOG.with("application", application)
          .with("error", unanswered.reason())
          .warn("The database does not answer");
    } else if (answered && !before) {
      LOG.with("application", application).info("The database answers");
    }
  }
}
