package io.farshore.contracts.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 envelope in its JSON form. Delivered at least once; receivers drop an {@code
 * id} they have seen.
 *
 * @param specversion always {@code 1.0}
 * @param id unique for ever; the key for de-duplication
 * @param source {@code /regions/{region}/{service}}
 * @param type {@code io.farshore.<service>.<noun>.<past-participle>.v1}
 * @param subject what it is about, for example {@code applications/ledger}
 * @param time when it happened
 * @param datacontenttype always {@code application/json}
 * @param traceparent W3C trace context, if it happened within a trace
 * @param data the event's own fields
 */
public record CloudEvent(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    @Nullable String traceparent,
    Map<String, Object> data) {}
