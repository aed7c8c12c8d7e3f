package io.farshore.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.testing.event.PublishedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Events as the log keeps them. */
public final class LoggedEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LoggedEvents() {}

  /** The event that a record was made of. */
  public static PublishedEvent of(String record) {
    try {
      JsonNode root = JSON.readTree(record);
      Map<String, ?> data =
          JSON.convertValue(
              root.at("/unmapped/data"),
              JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
      return new PublishedEvent(
          root.at("/metadata/event_code").asText(), root.at("/unmapped/subject").asText(), data);
    } catch (IOException notARecord) {
      throw new UncheckedIOException(notARecord);
    }
  }
}
