package io.farshore.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.farshore.contracts.event.EventTypes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
  private final JsonNode document;

  AsyncApiTest() throws IOException {
    document =
        new com.fasterxml.jackson.databind.ObjectMapper(new YAMLFactory())
            .readTree(Path.of("../../docs/api/asyncapi.yaml").toFile());
  }

  private static List<String> types() throws IllegalAccessException {
    List<String> types = new ArrayList<>();
    for (Field field : EventTypes.class.getFields()) {
      types.add((String) field.get(null));
    }
    return types;
  }

  @Test
  void everyEventTypeIsDocumentedAndNoOther() throws IllegalAccessException {
    TreeSet<String> documented = new TreeSet<>();
    document
        .at("/components/messages")
        .forEach(message -> documented.add(message.path("name").asText()));

    assertThat(documented).isEqualTo(new TreeSet<>(types()));
  }

  @Test
  void everyMessageTravelsOnTheChannelAndSaysWhatItIs() {
    JsonNode messages = document.at("/components/messages");
    messages
        .properties()
        .forEach(
            entry -> {
              String reference = "#/components/messages/" + entry.getKey();
              assertThat(
                      document
                          .at("/channels/events/messages")
                          .path(entry.getKey())
                          .path("$ref")
                          .asText())
                  .isEqualTo(reference);
              assertThat(entry.getValue().path("summary").asText()).isNotBlank();
            });
    assertThat(document.path("asyncapi").asText()).startsWith("3.");
    assertThat(document.at("/channels/events/address").asText()).isEqualTo("farshore.events");
  }
}
