package io.farshore.testing.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Holds JSON values against the schema of their place, all the way down. Understands as much of
 * JSON Schema as the document uses; what it does not understand is a difference. Not thread-safe.
 */
final class SchemaComparison {
  private final JsonNode document;
  private final boolean exact;
  private final List<String> differences = new ArrayList<>();

  /**
   * @param document what references lead into
   * @param exact whether the values are all there are, so that what the schema has beyond them is a
   *     difference too
   */
  SchemaComparison(JsonNode document, boolean exact) {
    this.document = document;
    this.exact = exact;
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  /**
   * @param where for people
   * @param schemaOrReference of one place
   * @param values everything that was seen in it
   */
  void compare(String where, JsonNode schemaOrReference, List<JsonNode> values) {
    JsonNode schema =
        schemaOrReference.has("$ref")
            ? document.at(schemaOrReference.path("$ref").asText().substring(1))
            : schemaOrReference;
    String type = schema.path("type").asText("nothing");
    List<String> others =
        values.stream()
            .map(SchemaComparison::typeOf)
            .filter(found -> !found.equals(type))
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      differences.add(where + " is " + others.getFirst() + ", documented as " + type);
    } else if (type.equals("object")) {
      compareFields(where, schema, values);
    } else if (type.equals("array")) {
      compareItems(where, schema, values);
    }
  }

  private void compareFields(String where, JsonNode schema, List<JsonNode> values) {
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    Set<String> documented = names(properties);
    Set<String> required = texts(schema.path("required"));
    Set<String> ever = new TreeSet<>();
    values.forEach(value -> ever.addAll(names(value)));
    Set<String> always = new TreeSet<>(ever);
    values.forEach(value -> always.retainAll(names(value)));

    Set<String> undocumented = without(ever, documented);
    if (!additional.isObject()) {
      say(where, undocumented, "is not documented");
    } else if (exact) {
      // Else whoever forgets to document a field would not be told.
      Set<String> examples = texts(schema.at("/propertyNames/examples"));
      say(where, without(undocumented, examples), "is neither documented nor an example");
    }
    say(where, without(required, documented), "is required and not documented");
    say(where, without(required, always), "is required and not always there");
    if (exact) {
      say(where, without(documented, ever), "is documented and never there");
      Set<String> optional = without(documented, required);
      optional.retainAll(always);
      say(where, optional, "is always there and not required");
      if (additional.isObject() && undocumented.isEmpty()) {
        differences.add(where + " has no field but those that are documented by name");
      }
    }
    for (String name : ever) {
      JsonNode schemaOfField = documented.contains(name) ? properties.path(name) : additional;
      if (schemaOfField.isObject()) {
        compare(
            where + "." + name,
            schemaOfField,
            values.stream()
                .filter(value -> value.has(name))
                .map(value -> value.path(name))
                .toList());
      }
    }
  }

  private void compareItems(String where, JsonNode schema, List<JsonNode> values) {
    List<JsonNode> items = new ArrayList<>();
    values.forEach(value -> value.forEach(items::add));
    if (!items.isEmpty()) {
      compare(where + "[]", schema.path("items"), items);
    } else if (exact) {
      differences.add(where + "[] was never there");
    }
  }

  private void say(String where, Set<String> names, String what) {
    names.forEach(name -> differences.add(where + "." + name + " " + what));
  }

  private static String typeOf(JsonNode value) {
    return value.isIntegralNumber()
        ? "integer"
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
