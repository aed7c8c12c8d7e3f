package io.farshore.testing.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventDocumentTest {
  private static final String TYPE = "io.example.ship.sailed.v1";
  private static final String DOCUMENT =
      """
      components:
        messages:
          sailed:
            name: io.example.ship.sailed.v1
            payload:
              allOf:
                - $ref: '#/components/schemas/Envelope'
                - type: object
                  properties:
                    type:
                      const: io.example.ship.sailed.v1
                    subject:
                      examples: ['ships/{ship}/voyages/{voyage}']
                    data:
                      type: object
                      required: [name, cargo]
                      properties:
                        name:
                          type: string
                        tons:
                          type: integer
                        cargo:
                          type: array
                          items:
                            $ref: '#/components/schemas/Crate'
                      propertyNames:
                        examples: [armed]
                      additionalProperties:
                        type: boolean
        schemas:
          Crate:
            type: object
            required: [label]
            properties:
              label:
                type: string
      """;

  private static final Map<String, Object> LEAST =
      Map.of("name", "Kea", "cargo", List.of(Map.of("label", "tea")));
  private static final Map<String, Object> MOST = with(with(LEAST, "tons", 7), "armed", false);

  private static Map<String, Object> with(Map<String, Object> data, String name, Object value) {
    Map<String, Object> copy = new HashMap<>(data);
    copy.put(name, value);
    return copy;
  }

  private static Map<String, Object> without(Map<String, Object> data, String name) {
    Map<String, Object> copy = new HashMap<>(data);
    copy.remove(name);
    return copy;
  }

  private static List<PublishedEvent> events(List<Map<String, Object>> data) {
    return data.stream()
        .map(each -> new PublishedEvent(TYPE, "ships/kea/voyages/1", each))
        .toList();
  }

  private static List<String> differences(List<Map<String, Object>> data) throws IOException {
    return EventDocument.parse(DOCUMENT).differences("io.example.", events(data));
  }

  private static List<String> contradictions(Map<String, Object> data) throws IOException {
    return EventDocument.parse(DOCUMENT).contradictions(events(List.of(data)));
  }

  @Test
  void agreementIsSilent() throws IOException {
    assertThat(differences(List.of(LEAST, MOST))).isEmpty();
    assertThat(contradictions(LEAST)).isEmpty();
    assertThat(contradictions(MOST)).isEmpty();
  }

  @Test
  void fieldThatIsNotDocumentedIsSeen() throws IOException {
    String open = "                additionalProperties:\n                  type: boolean\n";
    assertThat(DOCUMENT).contains(open);

    assertThat(
            EventDocument.parse(DOCUMENT.replace(open, ""))
                .differences("io.example.", events(List.of(LEAST, MOST))))
        .containsExactly(TYPE + ".armed is not documented");
    Map<String, Object> crate = Map.of("label", "tea", "kilos", 3);
    assertThat(contradictions(with(LEAST, "cargo", List.of(crate))))
        .containsExactly(TYPE + ".cargo[].kilos is not documented");
  }

  @Test
  void fieldWithoutANameOfItsOwnIsOneOfTheExamplesWhereAllEventsAreLookedAt() throws IOException {
    assertThat(differences(List.of(LEAST, MOST, with(LEAST, "steel", true))))
        .containsExactly(TYPE + ".steel is neither documented nor an example");
    assertThat(contradictions(with(LEAST, "steel", true))).isEmpty();
  }

  @Test
  void documentedFieldThatIsNeverThereIsSeenUnlessOnlySomeEventsAreLookedAt() throws IOException {
    assertThat(differences(List.of(LEAST, without(MOST, "tons"))))
        .containsExactly(TYPE + ".tons is documented and never there");
    assertThat(differences(List.of(LEAST, without(MOST, "armed"))))
        .containsExactly(TYPE + " has no field but those that are documented by name");
    assertThat(contradictions(LEAST)).isEmpty();
  }

  @Test
  void requiredIsWhatIsAlwaysThere() throws IOException {
    assertThat(differences(List.of(MOST)))
        .containsExactly(TYPE + ".tons is always there and not required");
    assertThat(contradictions(without(LEAST, "name")))
        .containsExactly(TYPE + ".name is required and not always there");
    assertThat(contradictions(with(LEAST, "cargo", List.of(Map.of()))))
        .containsExactly(TYPE + ".cargo[].label is required and not always there");
    assertThat(
            EventDocument.parse(DOCUMENT.replace("[label]", "[label, lid]"))
                .contradictions(events(List.of(LEAST))))
        .containsExactly(
            TYPE + ".cargo[].lid is required and not documented",
            TYPE + ".cargo[].lid is required and not always there");
  }

  @Test
  void valueOfAnotherTypeIsSeen() throws IOException {
    assertThat(contradictions(with(MOST, "tons", "7")))
        .containsExactly(TYPE + ".tons is string, documented as integer");
    assertThat(contradictions(with(MOST, "tons", 7.5)))
        .containsExactly(TYPE + ".tons is number, documented as integer");
    assertThat(contradictions(with(MOST, "armed", "no")))
        .containsExactly(TYPE + ".armed is string, documented as boolean");
    assertThat(contradictions(with(LEAST, "cargo", List.of("tea"))))
        .containsExactly(TYPE + ".cargo[] is string, documented as object");
    assertThat(contradictions(with(LEAST, "cargo", Map.of())))
        .containsExactly(TYPE + ".cargo is object, documented as array");
    Map<String, Object> unnamed = new HashMap<>(LEAST);
    unnamed.put("name", null);
    assertThat(contradictions(unnamed))
        .containsExactly(TYPE + ".name is null, documented as string");
  }

  @Test
  void typeOfWhatIsInAListMustHaveBeenSeen() throws IOException {
    assertThat(
            differences(List.of(with(LEAST, "cargo", List.of()), with(MOST, "cargo", List.of()))))
        .containsExactly(TYPE + ".cargo[] was never there");
  }

  @Test
  void everyTypeOfThePublisherIsPublishedAndNoOther() throws IOException {
    EventDocument document = EventDocument.parse(DOCUMENT);
    assertThat(document.differences("io.example.", List.of()))
        .containsExactly(TYPE + " is documented and was not published");
    assertThat(document.differences("io.example.shore.", events(List.of(LEAST, MOST))))
        .containsExactly(TYPE + " is not a type of this publisher");
    assertThat(
            document.contradictions(List.of(new PublishedEvent("io.example.sunk", "x", Map.of()))))
        .containsExactly("io.example.sunk is not documented");
  }

  @Test
  void subjectHasTheFormOfTheExample() throws IOException {
    for (String other : List.of("ships/kea", "ships//voyages/1", "ships/kea/voyages/1/2", "x")) {
      assertThat(
              EventDocument.parse(DOCUMENT)
                  .contradictions(List.of(new PublishedEvent(TYPE, other, LEAST))))
          .containsExactly(TYPE + " is not documented to be about " + other);
    }
  }
}
