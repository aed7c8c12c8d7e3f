package io.farshore.quarkus.event;

import java.util.Map;

/**
 * Where a service tells what happened. When a call returns, the event is on this machine's disk and
 * will reach the broker at least once, in order, also after a crash and however long the broker is
 * away. Thread-safe. Blocks for one disk write (well under a millisecond on a good disk).
 */
public interface EventSink {
  /**
   * Publishes an event with a new id, in the current trace if there is one.
   *
   * @param type one of {@link io.farshore.contracts.event.EventTypes}
   * @param subject what it is about, for example {@code applications/ledger}
   * @param data the event's own fields; JSON values
   * @return the event's id
   * @throws io.farshore.kernel.FarshoreException {@code outbox-full}, {@code outbox-unwritable} or
   *     {@code event-too-large}; then the event is not stored
   */
  default String publish(String type, String subject, Map<String, ?> data) {
    return publish(NewEvent.of(type, subject, data));
  }

  /** As {@link #publish(String, String, Map)}, with an id or a trace context of the caller's. */
  String publish(NewEvent event);
}
