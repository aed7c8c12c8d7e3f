package io.farshore.backup.event.messaging;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.EventTeller;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.event.NewEvent;

/** Tells through the outbox on this machine's disk. Thread-safe. */
public final class OutboxTeller implements EventTeller {
  private final EventSink sink;

  public OutboxTeller(EventSink sink) {
    this.sink = sink;
  }

  @Override
  public void tell(BackupEvent event) {
    NewEvent fresh =
        NewEvent.of(event.type(), event.subject(), event.data()).withId(event.id().toString());
    sink.publish(event.traceparent().map(fresh::withTraceparent).orElse(fresh));
  }
}
