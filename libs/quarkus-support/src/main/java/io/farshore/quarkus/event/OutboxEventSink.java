package io.farshore.quarkus.event;

/** Publishes through the outbox on this machine's disk. */
public final class OutboxEventSink implements EventSink {
  private final EventEnvelopes envelopes;
  private final FileOutbox outbox;

  public OutboxEventSink(EventEnvelopes envelopes, FileOutbox outbox) {
    this.envelopes = envelopes;
    this.outbox = outbox;
  }

  @Override
  public String publish(NewEvent event) {
    StoredEvent stored = envelopes.wrap(event);
    outbox.append(stored);
    return stored.id();
  }
}
