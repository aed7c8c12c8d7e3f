package io.farshore.gateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a viewer may know of an event: that it happened, and which step, regions and states it is
 * about. People, paths and addresses in it are for auditors. Every text is cut to a bounded length.
 *
 * @param id the same each time the event is delivered
 * @param particulars those of {@link #PARTICULARS} the event has
 */
@RegisterForReflection
public record EventLine(
    String id,
    String time,
    String type,
    String source,
    String subject,
    Map<String, String> particulars) {
  /** The fields of events that viewers may also read elsewhere. */
  static final List<String> PARTICULARS =
      List.of(
          "kind",
          "step",
          "from",
          "to",
          "region",
          "upstream",
          "component",
          "writer",
          "mode",
          "level",
          "lag",
          "bytes",
          "epoch",
          "heldBefore",
          "code");

  /** Names and types are shorter; what is longer is no name. */
  private static final int TEXT_CHARS_MAX = 200;

  private static final int PARTICULAR_CHARS_MAX = 64;

  /** Reads a CloudEvent; fields it lacks are empty. */
  static EventLine of(JsonNode event) {
    JsonNode data = event.path("data");
    Map<String, String> particulars = new TreeMap<>();
    for (String name : PARTICULARS) {
      JsonNode value = data.path(name);
      if (value.isTextual() || value.isNumber()) {
        particulars.put(name, cut(value.asText(), PARTICULAR_CHARS_MAX));
      }
    }
    return new EventLine(
        text(event, "id"),
        text(event, "time"),
        text(event, "type"),
        text(event, "source"),
        text(event, "subject"),
        Map.copyOf(particulars));
  }

  /** Stands for a message that is no event. */
  static EventLine unreadable(Instant arrivedAt) {
    return new EventLine("", arrivedAt.toString(), "unreadable", "", "", Map.of());
  }

  private static String text(JsonNode event, String name) {
    return cut(event.path(name).asText(), TEXT_CHARS_MAX);
  }

  private static String cut(String text, int charsMax) {
    return text.length() <= charsMax ? text : text.substring(0, charsMax);
  }
}
