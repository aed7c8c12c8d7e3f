package io.farshore.quarkus.event;

import io.farshore.quarkus.log.KeyedLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Empties an outbox into a delivery, for ever: in order, in batches, waiting longer after each
 * failure. Runs in a thread of its own; stopping it at any point loses nothing.
 */
public final class EventRelay implements Runnable {
  /** One batch is one cursor write; larger ones only make repetition after a crash longer. */
  static final int BATCH_EVENTS_MAX = 64;

  private static final long IDLE_MILLIS = 1_000;
  private static final long RETRY_MILLIS_MIN = 100;
  private static final long RETRY_MILLIS_MAX = 2_000;

  private static final KeyedLog LOG = KeyedLog.of(EventRelay.class);

  private final Outbox outbox;
  private final Outbox.EventDelivery delivery;
  private final AtomicLong relayed = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean failing;

  public EventRelay(Outbox outbox, Outbox.EventDelivery delivery) {
    this.outbox = outbox;
    this.delivery = delivery;
  }

  @Override
  public void run() {
    long retryMillis = RETRY_MILLIS_MIN;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (drainOnce()) {
          retryMillis = RETRY_MILLIS_MIN;
        } else {
          Thread.sleep(retryMillis);
          retryMillis = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends one batch, or waits for one. False: it did not go through. */
  private boolean drainOnce() throws InterruptedException {
    AtomicBoolean incomplete = new AtomicBoolean();
    try {
      int confirmed =
          outbox.drain(
              BATCH_EVENTS_MAX,
              events -> {
                int accepted = delivery.deliver(events);
                incomplete.set(accepted < events.size());
                return accepted;
              });
      relayed.addAndGet(confirmed);
      if (confirmed == 0 && !incomplete.get()) {
        outbox.awaitEvents(IDLE_MILLIS);
        return true;
      }
    } catch (RuntimeException e) {
      return failed(e.toString());
    }
    if (incomplete.get()) {
      return failed("the broker did not accept them");
    }
    if (failing) {
      failing = false;
      LOG.with("outbox", outbox.name()).info("Events flow to the broker again");
    }
    return true;
  }

  private boolean failed(String reason) {
    failures.incrementAndGet();
    if (!failing) {
      // Once for each outage; how long it lasts is in the metrics.
      failing = true;
      LOG.with("outbox", outbox.name()).with("error", reason).warn("Events stay here for now");
    }
    return false;
  }

  /** Events confirmed by the broker since start. */
  public long relayed() {
    return relayed.get();
  }

  /** Attempts that did not go through since start. */
  public long failures() {
    return failures.get();
  }
}
