package io.farshore.quarkus.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event about to be published.
 *
 * @param type one of {@link io.farshore.contracts.event.EventTypes}
 * @param subject what it is about
 * @param data the event's own fields; JSON values
 * @param id for events that may be published twice, an id that is the same both times; absent: new
 * @param traceparent W3C trace context; absent: the current span's, if there is one
 */
public record NewEvent(
    String type,
    String subject,
    Map<String, ?> data,
    @Nullable String id,
    @Nullable String traceparent) {
  public static NewEvent of(String type, String subject, Map<String, ?> data) {
    return new NewEvent(type, subject, data, null, null);
  }

  public NewEvent withId(String given) {
    return new NewEvent(type, subject, data, given, traceparent);
  }

  public NewEvent withTraceparent(String given) {
    return new NewEvent(type, subject, data, id, given);
  }
}
