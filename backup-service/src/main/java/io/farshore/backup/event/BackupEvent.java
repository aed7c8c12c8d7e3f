package io.farshore.backup.event;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something others want to know of a run or restore. It is in the journal until it was told.
 *
 * @param type one of {@link io.farshore.contracts.event.EventTypes}
 * @param subject what it is about
 * @param data the event's own fields; JSON values
 * @param traceparent W3C trace context of the request that it goes back to
 */
public record BackupEvent(
    String type, String subject, Map<String, Object> data, Optional<String> traceparent) {
  public BackupEvent {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Follows from what it tells: told again, it is dropped by those who have it. */
  public UUID id() {
    return UUID.nameUUIDFromBytes((type + " " + subject).getBytes(StandardCharsets.UTF_8));
  }
}
