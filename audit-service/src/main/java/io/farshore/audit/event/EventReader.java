package io.farshore.audit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents 1.0 in JSON. What is wrong with one becomes a reason. Thread-safe. */
public final class EventReader {
  /** Four times what Farshore's services send; more is not an event. */
  public static final int EVENT_BYTES_MAX = 256 * 1024;

  private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Reads the body of a message. */
  public EventReading read(byte[] body) {
    String sha256 = sha256(body);
    if (body.length > EVENT_BYTES_MAX) {
      return new EventReading.Poison("it is longer than an event may be", sha256, body.length);
    }
    try {
      return new EventReading.Understood(event(json.readTree(body), sha256));
    } catch (JsonProcessingException notJson) {
      return new EventReading.Poison("it is not one JSON object", sha256, body.length);
    } catch (IOException unreadable) {
      return new EventReading.Poison("it is not text in UTF-8", sha256, body.length);
    } catch (NotAnEvent refused) {
      return new EventReading.Poison(refused.reason, sha256, body.length);
    }
  }

  private AuditEvent event(@Nullable JsonNode root, String sha256) throws NotAnEvent {
    if (root == null || !root.isObject()) {
      throw new NotAnEvent("it is not one JSON object");
    }
    if (!required(root, "specversion").equals("1.0")) {
      throw new NotAnEvent("it is of another version of CloudEvents than 1.0");
    }
    @Nullable JsonNode data = root.get("data");
    if (data != null && !data.isObject()) {
      throw new NotAnEvent("its data is not a JSON object");
    }
    return new AuditEvent(
        required(root, "id"),
        required(root, "source"),
        required(root, "type"),
        required(root, "subject"),
        time(required(root, "time")),
        root.hasNonNull("traceparent") ? required(root, "traceparent") : null,
        data == null ? Map.of() : json.convertValue(data, OBJECT),
        sha256);
  }

  private static String required(JsonNode root, String attribute) throws NotAnEvent {
    @Nullable JsonNode value = root.get(attribute);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw new NotAnEvent("its attribute " + attribute + " is missing or not text");
    }
    if (value.textValue().length() > AuditEvent.CHARS_MAX) {
      throw new NotAnEvent("its attribute " + attribute + " is too long");
    }
    if (value.textValue().chars().anyMatch(c -> c < ' ')) {
      throw new NotAnEvent("its attribute " + attribute + " has control characters");
    }
    return value.textValue();
  }

  private static Instant time(String text) throws NotAnEvent {
    try {
      Instant time = Instant.parse(text);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(TIME_MAX)) {
        throw new NotAnEvent("its attribute time lies outside the years 1970 to 9999");
      }
      return time;
    } catch (DateTimeParseException refused) {
      throw new NotAnEvent("its attribute time is not an instant of RFC 3339");
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }

  /** Leaves the reader with the reason; never seen outside it. */
  private static final class NotAnEvent extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotAnEvent(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
