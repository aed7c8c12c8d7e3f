package io.farshore.testing.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The document that tells the world which events there are and what is in them. Holds what a
 * service publishes against it, and answers every difference in words. Immutable.
 */
public final class EventDocument {
  private static final Path PATH = Path.of("docs/api/asyncapi.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z]+}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final SortedMap<String, JsonNode> payloads = new TreeMap<>();

  private EventDocument(JsonNode document) {
    this.document = document;
    for (JsonNode message : document.at("/components/messages")) {
      String type = message.path("name").asText();
      for (JsonNode part : message.at("/payload/allOf")) {
        if (part.at("/properties/type/const").asText().equals(type)) {
          payloads.put(type, part.path("properties"));
        }
      }
    }
  }

  /** The document of the repository that the test runs in. */
  public static EventDocument ofRepository() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve(PATH))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("there is no " + PATH + " in any directory above");
    }
    try {
      return parse(Files.readString(directory.resolve(PATH)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EventDocument parse(String yaml) throws IOException {
    return new EventDocument(new ObjectMapper(new YAMLFactory()).readTree(yaml));
  }

  /**
   * What is in the events and not in the document, or the other way round, in either's words.
   *
   * @param typePrefix of every event of the publisher, for example {@code io.farshore.backup.}
   * @param events each type at least once, and each field, with the values a service gives it; a
   *     field that may be absent also absent once, for those and no others are not {@code required}
   */
  public List<String> differences(String typePrefix, Collection<PublishedEvent> events) {
    List<String> differences = new ArrayList<>();
    SortedSet<String> told =
        events.stream().map(PublishedEvent::type).collect(Collectors.toCollection(TreeSet::new));
    payloads.keySet().stream()
        .filter(type -> type.startsWith(typePrefix) && !told.contains(type))
        .forEach(type -> differences.add(type + " is documented and was not published"));
    told.stream()
        .filter(type -> !type.startsWith(typePrefix))
        .forEach(type -> differences.add(type + " is not a type of this publisher"));
    differences.addAll(compare(events, true));
    return List.copyOf(differences);
  }

  /** What is in some events of any type and contradicts the document. */
  public List<String> contradictions(Collection<PublishedEvent> events) {
    return compare(events, false);
  }

  private List<String> compare(Collection<PublishedEvent> events, boolean exact) {
    SchemaComparison comparison = new SchemaComparison(document, exact);
    Map<String, List<PublishedEvent>> byType =
        events.stream()
            .collect(
                Collectors.groupingBy(PublishedEvent::type, TreeMap::new, Collectors.toList()));
    List<String> differences = new ArrayList<>();
    byType.forEach(
        (type, ofType) -> {
          JsonNode payload = payloads.get(type);
          if (payload == null) {
            differences.add(type + " is not documented");
            return;
          }
          Pattern subject = subject(payload);
          ofType.stream()
              .map(PublishedEvent::subject)
              .filter(given -> !subject.matcher(given).matches())
              .distinct()
              .forEach(given -> differences.add(type + " is not documented to be about " + given));
          comparison.compare(
              type,
              payload.path("data"),
              ofType.stream().<JsonNode>map(event -> JSON.valueToTree(event.data())).toList());
        });
    differences.addAll(comparison.differences());
    return List.copyOf(differences);
  }

  /** The example is a form: each name in braces stands for one part of the subject. */
  private static Pattern subject(JsonNode payload) {
    String form = payload.at("/subject/examples/0").asText();
    return Pattern.compile(
        VARIABLE
            .splitAsStream(form + "\n")
            .map(part -> Pattern.quote(part.strip()))
            .collect(Collectors.joining("[^/]+")));
  }
}
