package io.farshore.replication.watch;

import io.farshore.replication.lag.LinkEvent;

/** Where events go. */
@FunctionalInterface
public interface LinkEvents {
  /**
   * Stores an event for delivery.
   *
   * @throws io.farshore.kernel.FarshoreException if it cannot be stored
   */
  void publish(LinkEvent event);
}
