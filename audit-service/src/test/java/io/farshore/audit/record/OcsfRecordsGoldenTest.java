package io.farshore.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.audit.event.AuditEvent;
import io.farshore.audit.event.EventReader;
import io.farshore.audit.event.EventReading;
import io.farshore.audit.event.Events;
import io.farshore.contracts.event.EventTypes;
import io.farshore.tlog.tile.EntryBundle;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes that are logged. A record, once written, is read for years: a difference here is a
 * change of format. {@code -Dgolden.write=true} writes the file anew.
 */
class OcsfRecordsGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/records.jsonl");
  private static final Instant LOGGED = Instant.parse("2026-11-21T12:00:01Z");
  private static final String DATA =
      """
      {"zulu":1,"alpha":{"y":1.50,"x":[3,2,null,true]},"text":"ä\\n\\"","executionId":"ex-1"}""";

  private final OcsfRecords records = new OcsfRecords("us-east.audit.example");

  static List<String> types() {
    return Stream.concat(
            Arrays.stream(EventTypes.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(OcsfRecordsGoldenTest::value),
            Stream.of("io.farshore.future.thing.happened.v1"))
        .toList();
  }

  @Test
  void everyTypeOfEventIsLoggedAsItWasBefore() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String type : types()) {
      lines.add(encoded(event(type, DATA)));
    }
    lines.add(
        encoded(
            event(
                EventTypes.ACCESS_DENIED,
                """
                {"reason":"unauthenticated","method":"GET","path":"/v1/leases",\
                "remote":"192.0.2.7:41000"}""")));
    lines.add(
        encoded(
            event(
                EventTypes.ACCESS_DENIED,
                """
                {"reason":"forbidden","method":"POST","path":"/v1/x","remote":"::1:41000",\
                "subject":"mallory"}""")));
    lines.add(encoded(event(EventTypes.EXECUTION_ACKNOWLEDGED, "{\"subject\":\"ada\"}")));
    if (Boolean.getBoolean("golden.write")) {
      Files.write(GOLDEN, lines);
    }

    assertThat(lines).isEqualTo(Files.readAllLines(GOLDEN));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRecordHasWhatTheSchemaRequires(String type) throws IOException {
    JsonNode record = new ObjectMapper().readTree(encoded(event(type, DATA)));

    int classUid = record.required("class_uid").asInt();
    assertThat(record.required("category_uid").asInt()).isEqualTo(classUid / 1000);
    assertThat(record.required("type_uid").asInt())
        .isEqualTo(classUid * 100 + record.required("activity_id").asInt());
    assertThat(record.required("severity_id").asInt()).isBetween(1, 5);
    assertThat(record.required("time").asLong()).isEqualTo(1795262400123L);
    assertThat(record.at("/metadata/version").asText()).isEqualTo("1.5.0");
    assertThat(record.at("/metadata/product/name").asText()).isEqualTo("Farshore");
    for (String required : requiredFields(classUid)) {
      assertThat(record.has(required)).as("%s of class %d", required, classUid).isTrue();
    }
    assertThat(classUid == 0).isEqualTo(type.contains(".future."));
  }

  @Test
  void theIdCanBeReadBack() {
    byte[] record = records.encode(event(EventTypes.LEASE_GRANTED, DATA), LOGGED);

    assertThat(records.eventId(record)).contains("e-1");
    assertThat(records.eventId("x".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(records.eventId("[]".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void theLargestEventFitsIntoAnEntryAndItsDataIsKeptAsADigest() {
    String longest = "\u20AC".repeat(512);
    for (String type : types()) {
      for (int chars : new int[] {10, 31_000, 200_000}) {
        AuditEvent event =
            new AuditEvent(
                longest,
                longest,
                type,
                longest,
                LOGGED,
                null,
                Map.of(
                    "bulk",
                    "x".repeat(chars),
                    "actor",
                    longest,
                    "remote",
                    longest,
                    "method",
                    longest,
                    "path",
                    longest),
                "0".repeat(64));

        byte[] record = records.encode(event, LOGGED);

        assertThat(record.length).isLessThanOrEqualTo(EntryBundle.ENTRY_BYTES_MAX);
        assertThat(new String(record, StandardCharsets.UTF_8).contains("data_sha256"))
            .isEqualTo(chars > 30_000 - 4 * 1536 && chars != 10);
      }
    }
  }

  private static List<String> requiredFields(int classUid) {
    return switch (classUid) {
      case 1008 -> List.of("log_name");
      case 2003 -> List.of("finding_info", "compliance");
      case 2005 -> List.of("finding_info_list", "status_id", "assignee_group");
      case 3002 -> List.of("user", "service", "src_endpoint");
      case 3004 -> List.of("entity");
      case 6002 -> List.of("app");
      case 6003 -> List.of("actor", "api", "src_endpoint");
      default -> List.of();
    };
  }

  private String encoded(AuditEvent event) {
    return new String(records.encode(event, LOGGED), StandardCharsets.UTF_8);
  }

  private static AuditEvent event(String type, String data) {
    return switch (new EventReader().read(Events.json("e-1", type, data))) {
      case EventReading.Understood(AuditEvent event) -> event;
      case EventReading.Poison poison -> throw new AssertionError(poison.reason());
    };
  }

  private static String value(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
