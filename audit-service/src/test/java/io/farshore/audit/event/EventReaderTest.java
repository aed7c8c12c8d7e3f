package io.farshore.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final byte[] GOOD = Events.applicationDeclared("e-1");

  private final EventReader reader = new EventReader();

  @Test
  void anEventIsReadWithItsAttributes() {
    assertThat(reader.read(GOOD))
        .isInstanceOfSatisfying(
            EventReading.Understood.class,
            understood -> {
              AuditEvent event = understood.event();
              assertThat(event.id()).isEqualTo("e-1");
              assertThat(event.time()).isEqualTo(Instant.parse("2026-11-21T12:00:00.123Z"));
              assertThat(event.data()).isEqualTo(Map.of("generation", 1));
              assertThat(event.service()).isEqualTo("failover-service");
              assertThat(event.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
              assertThat(event.sha256()).hasSize(64);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "specversion, is missing",
    "id, id is missing",
    "source, source is missing",
    "type, type is missing",
    "subject, subject is missing",
    "time, time is missing",
  })
  void anEventWithoutARequiredAttributeIsPoison(String attribute, String reason) {
    String without = text().replace("\"" + attribute + "\":", "\"x" + attribute + "\":");

    assertPoison(without, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "42",
        "[]",
        "{",
        "{}",
        "{}{}",
        "not json",
        "\u0000\u0000",
        "{\"specversion\":\"0.3\"}"
      })
  void garbageIsPoison(String garbage) {
    assertThat(reader.read(garbage.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EventReading.Poison.class);
  }

  @Test
  void anAttributeThatWouldNotFitIsPoison() {
    assertPoison(text().replace("e-1", "x".repeat(513)), "id is too long");
    assertPoison(text().replace("e-1", "x\\ny"), "id has control characters");
    assertPoison(text().replace("2026-11-21T12:00:00.123Z", "yesterday"), "time is not an instant");
    assertPoison(
        text().replace("2026-11-21T12:00:00.123Z", "+1000000000-12-31T23:59:59Z"), "time lies");
    assertPoison(text().replace("{\"generation\":1}", "[1]"), "data is not a JSON object");
    assertPoison(" ".repeat(EventReader.EVENT_BYTES_MAX) + text(), "longer than an event may be");
    assertPoison("[".repeat(5_000), "not one JSON object");
  }

  @Test
  void whateverBytesArriveTheAnswerIsAVerdict() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = Arrays.copyOf(GOOD, random.nextInt(GOOD.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && changed.length > 0; flips--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }

      assertThat(reader.read(changed)).isNotNull();
    }
  }

  private void assertPoison(String text, String reason) {
    assertThat(reader.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            EventReading.Poison.class, poison -> assertThat(poison.reason()).contains(reason));
  }

  private static String text() {
    return new String(GOOD, StandardCharsets.UTF_8);
  }
}
