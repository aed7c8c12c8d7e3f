package io.farshore.contracts.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One leaf of the log. {@code GET /v1/entries}.
 *
 * @param index its place in the log
 * @param leafHash RFC 6962 leaf hash, hexadecimal
 * @param eventId the event's id
 * @param eventType the event's CloudEvents type
 * @param time when the event happened
 * @param subject what it is about
 * @param record the OCSF record, exactly as logged
 */
public record AuditEntryView(
    long index,
    String leafHash,
    String eventId,
    String eventType,
    Instant time,
    String subject,
    Map<String, Object> record) {}
