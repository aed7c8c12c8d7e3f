package io.farshore.audit.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that may be logged: a CloudEvent whose required attributes are there and well formed.
 *
 * @param id unique for ever
 * @param source {@code /regions/{region}/{service}}
 * @param type which kind of event
 * @param subject what it is about
 * @param time when it happened
 * @param traceparent W3C trace context, if it happened within a trace
 * @param data the event's own fields: JSON values
 * @param sha256 of the event as it was received, hexadecimal; absent for the log's own events
 */
public record AuditEvent(
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    @Nullable String traceparent,
    Map<String, Object> data,
    @Nullable String sha256) {
  /** Longer than any attribute has reason to be; bounds what is kept of one in memory. */
  static final int CHARS_MAX = 512;

  private static final String TRACE_FORM = "[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*";
  private static final int TRACE_ID_FROM = 3;
  private static final int TRACE_ID_TO = 35;

  /** A short text of the event's own fields; absent if there is none under that name. */
  public @Nullable String text(String field) {
    return data.get(field) instanceof String text && !text.isBlank() && text.length() <= CHARS_MAX
        ? text
        : null;
  }

  /** The last part of {@link #source}: which service tells. */
  public String service() {
    return source.substring(source.lastIndexOf('/') + 1);
  }

  /** The trace the event belongs to; absent outside a trace. */
  public @Nullable String traceId() {
    return traceparent != null && traceparent.matches(TRACE_FORM)
        ? traceparent.substring(TRACE_ID_FROM, TRACE_ID_TO)
        : null;
  }
}
