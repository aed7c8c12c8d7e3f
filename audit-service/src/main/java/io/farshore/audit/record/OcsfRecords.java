package io.farshore.audit.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.farshore.audit.event.AuditEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into OCSF records: JSON with sorted keys and without white space, so that the same
 * event gives the same bytes. Thread-safe.
 */
public final class OcsfRecords {
  /** The released schema the records follow. */
  static final String SCHEMA_VERSION = "1.5.0";

  /** Leaves room in an entry of 65,535 bytes for attributes of the greatest length. */
  private static final int DATA_BYTES_MAX = 32_000;

  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int FINDING_NEW = 1;
  private static final int FINDING_RESOLVED = 4;
  private static final int COMPLIANCE_PASS = 1;
  private static final int COMPLIANCE_FAIL = 3;
  private static final int USER = 1;
  private static final int SYSTEM = 3;

  /** Fields of an event that name who wanted it, in the order of trust. */
  private static final List<String> ACTOR_FIELDS = List.of("actor", "requestedBy", "subject", "by");

  private final String origin;
  private final ObjectMapper json =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * @param origin name of the log the records go into
   */
  public OcsfRecords(String origin) {
    this.origin = origin;
  }

  /** The record of an event, as it is logged; never longer than an entry may be. */
  public byte[] encode(AuditEvent event, Instant loggedAt) {
    return write(record(event, loggedAt));
  }

  /** The id of the event in a record; empty if the record is not one of these. */
  public Optional<String> eventId(byte[] record) {
    try {
      @Nullable String id = json.readTree(record).path("metadata").path("uid").textValue();
      return Optional.ofNullable(id);
    } catch (IOException notARecord) {
      return Optional.empty();
    }
  }

  private Map<String, Object> record(AuditEvent event, Instant loggedAt) {
    EventKind kind = EventKind.of(event);
    OcsfClass ocsfClass = kind.ocsfClass();
    Map<String, Object> record = new TreeMap<>();
    record.put("activity_id", kind.activityId());
    record.put("category_uid", ocsfClass.categoryUid());
    record.put("class_uid", ocsfClass.uid());
    record.put("type_uid", ocsfClass.uid() * 100 + kind.activityId());
    record.put("severity_id", kind.severity().id());
    record.put("time", event.time().toEpochMilli());
    record.put("message", kind.title() + ": " + event.subject());
    record.put("metadata", metadata(event, loggedAt));
    record.put("unmapped", unmapped(event));
    if (kind.activityId() == 99) {
      record.put("activity_name", kind.title());
    }
    switch (ocsfClass) {
      case BASE_EVENT -> {}
      case EVENT_LOG_ACTIVITY -> {
        record.put("log_name", origin);
        record.put("actor", actor(event));
        record.put("src_endpoint", endpoint(event));
        record.put("status_id", kind.good() ? SUCCESS : FAILURE);
      }
      case COMPLIANCE_FINDING -> {
        record.put("finding_info", finding(event, kind));
        record.put(
            "compliance",
            sorted(
                "standards",
                List.of("Recovery point objective"),
                "status_id",
                kind.good() ? COMPLIANCE_PASS : COMPLIANCE_FAIL));
        record.put("status_id", kind.good() ? FINDING_RESOLVED : FINDING_NEW);
      }
      case INCIDENT_FINDING -> {
        record.put("finding_info_list", List.of(finding(event, kind)));
        record.put("assignee_group", sorted("name", "operators"));
        record.put("status_id", kind.good() ? FINDING_RESOLVED : FINDING_NEW);
      }
      case AUTHENTICATION -> {
        record.put("user", user(event));
        record.put("service", sorted("name", event.service()));
        record.put("src_endpoint", endpoint(event));
        record.put("status_id", kind.good() ? SUCCESS : FAILURE);
      }
      case ENTITY_MANAGEMENT -> {
        record.put("entity", sorted("name", event.subject(), "type", noun(event)));
        record.put("actor", actor(event));
        record.put("status_id", kind.good() ? SUCCESS : FAILURE);
      }
      case APPLICATION_LIFECYCLE -> {
        record.put("app", sorted("name", event.service(), "vendor_name", "Farshore"));
        record.put("status_id", kind.good() ? SUCCESS : FAILURE);
      }
      case API_ACTIVITY -> {
        record.put("actor", actor(event));
        record.put(
            "api",
            sorted("operation", operation(event), "service", sorted("name", event.service())));
        record.put("src_endpoint", endpoint(event));
        record.put("status_id", kind.good() ? SUCCESS : FAILURE);
      }
    }
    return record;
  }

  private static Map<String, Object> metadata(AuditEvent event, Instant loggedAt) {
    Map<String, Object> metadata =
        sorted(
            "event_code", event.type(),
            "logged_time", loggedAt.toEpochMilli(),
            "product",
                sorted(
                    "feature", sorted("name", event.service()),
                    "name", "Farshore",
                    "vendor_name", "Farshore"),
            "uid", event.id(),
            "version", SCHEMA_VERSION);
    @Nullable String traceId = event.traceId();
    if (traceId != null) {
      metadata.put("correlation_uid", traceId);
    }
    return metadata;
  }

  /** The event itself, and what it has to do with the log. */
  private Map<String, Object> unmapped(AuditEvent event) {
    Map<String, Object> unmapped =
        sorted(
            "log_origin", origin,
            "source", event.source(),
            "subject", event.subject(),
            "time", event.time().toString());
    @Nullable String sha256 = event.sha256();
    if (sha256 != null) {
      unmapped.put("event_sha256", sha256);
    }
    byte[] data = write(event.data());
    if (data.length <= DATA_BYTES_MAX) {
      unmapped.put("data", event.data());
    } else {
      unmapped.put("data_bytes", data.length);
      unmapped.put("data_sha256", sha256(data));
    }
    return unmapped;
  }

  private static Map<String, Object> finding(AuditEvent event, EventKind kind) {
    return sorted("title", kind.title() + ": " + event.subject(), "uid", event.id());
  }

  private static Map<String, Object> actor(AuditEvent event) {
    return sorted("user", user(event));
  }

  /** Who wanted it; the service itself, if no person is named. */
  private static Map<String, Object> user(AuditEvent event) {
    for (String field : ACTOR_FIELDS) {
      @Nullable String name = event.text(field);
      if (name != null) {
        return sorted("name", name, "type_id", USER);
      }
    }
    String subjects = "subjects/";
    if (event.subject().startsWith(subjects)) {
      return sorted("name", event.subject().substring(subjects.length()), "type_id", USER);
    }
    return sorted("name", event.service(), "type_id", SYSTEM);
  }

  /** Where it came from: the caller's address if there was a caller, else the service's place. */
  private static Map<String, Object> endpoint(AuditEvent event) {
    @Nullable String remote = event.text("remote");
    if (remote == null) {
      return sorted("name", event.source());
    }
    int colon = remote.lastIndexOf(':');
    return colon > 0 && remote.substring(colon + 1).matches("[0-9]{1,5}")
        ? sorted(
            "ip", remote.substring(0, colon), "port", Integer.parseInt(remote.substring(colon + 1)))
        : sorted("ip", remote);
  }

  private static String operation(AuditEvent event) {
    @Nullable String method = event.text("method");
    @Nullable String path = event.text("path");
    return method != null && path != null ? method + " " + path : noun(event);
  }

  /**
   * What the event's type is about: {@code execution} of {@code …failover.execution.started.v1}.
   */
  private static String noun(AuditEvent event) {
    String[] parts = event.type().split("\\.", -1);
    return parts.length >= 3 ? parts[parts.length - 3] : event.type();
  }

  private static Map<String, Object> sorted(Object... keysAndValues) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private byte[] write(Object value) {
    try {
      return json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("values read from JSON can be written as JSON", impossible);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
