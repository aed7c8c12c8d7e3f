package io.farshore.quarkus.event;

/**
 * An event in an outbox, ready to be sent.
 *
 * @param id the event's id
 * @param json the CloudEvent in its JSON form
 */
public record StoredEvent(String id, String json) {}
