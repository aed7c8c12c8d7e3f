package io.farshore.quarkus.event;

import java.util.List;

/**
 * Events that are stored and not yet known to the broker. Implementations are thread-safe; only one
 * relay drains an outbox of one process at a time.
 */
public interface Outbox {
  /** For logs and metrics. */
  String name();

  /**
   * Hands the oldest events to {@code delivery}, in order, and forgets those it confirms.
   *
   * @param max how many at most
   * @return how many were confirmed; fewer than were handed over means: try again later
   */
  int drain(int max, EventDelivery delivery) throws InterruptedException;

  /** Waits until there may be something to drain, or {@code millis} have passed. */
  void awaitEvents(long millis) throws InterruptedException;

  /** Sends events to where everyone can read them. */
  interface EventDelivery {
    /**
     * Sends {@code events} and waits for them to be accepted.
     *
     * @return how many, from the first on, were accepted without a gap
     */
    int deliver(List<StoredEvent> events) throws InterruptedException;
  }
}
