package io.farshore.backup.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that the records of runs and of restores have in common. */
public final class JournalFields {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

  private JournalFields() {}

  public static void write(ObjectNode record, Origin origin, List<BackupEvent> untold) {
    origin.actor().ifPresent(actor -> record.put("actor", actor));
    origin.traceparent().ifPresent(traceparent -> record.put("traceparent", traceparent));
    if (!untold.isEmpty()) {
      ArrayNode events = record.putArray("untold");
      for (BackupEvent event : untold) {
        ObjectNode node = events.addObject();
        node.put("type", event.type()).put("subject", event.subject());
        node.set("data", JSON.valueToTree(event.data()));
      }
    }
  }

  public static Origin origin(JsonNode record) {
    return new Origin(text(record, "actor"), text(record, "traceparent"));
  }

  public static List<BackupEvent> untold(JsonNode record, Origin origin) {
    List<BackupEvent> untold = new ArrayList<>();
    for (JsonNode event : record.path("untold")) {
      untold.add(
          new BackupEvent(
              event.path("type").asText(),
              event.path("subject").asText(),
              JSON.convertValue(event.path("data"), DATA),
              origin.traceparent()));
    }
    return untold;
  }

  private static Optional<String> text(JsonNode record, String field) {
    return Optional.ofNullable(record.path(field).textValue());
  }
}
