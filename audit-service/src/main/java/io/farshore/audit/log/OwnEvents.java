package io.farshore.audit.log;

import io.farshore.audit.event.AuditEvent;
import io.farshore.audit.event.EventReading;
import io.farshore.audit.record.OcsfRecords;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.RegionId;
import io.farshore.tlog.writer.Recovery;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the log says about itself: when it was opened and closed, who read it, what was turned away.
 * These go straight into the log, not over the broker. Thread-safe.
 */
public final class OwnEvents {
  private static final String SUBJECT = "audit-log";

  private final String source;
  private final OcsfRecords records;
  private final Clock clock;
  private final IdGenerator ids;

  public OwnEvents(RegionId region, OcsfRecords records, Clock clock, IdGenerator ids) {
    this.source = "/regions/" + region + "/audit-service";
    this.records = records;
    this.clock = clock;
    this.ids = ids;
  }

  public PreparedEntry started(Recovery recovery) {
    return event(
        EventTypes.AUDIT_LOG_STARTED,
        Map.of(
            "publishedSize", recovery.publishedSize(),
            "recoveredEntries", recovery.recoveredEntries(),
            "tornBytes", recovery.tornBytes(),
            "journalPresent", recovery.journalPresent()));
  }

  public PreparedEntry stopped() {
    return event(EventTypes.AUDIT_LOG_STOPPED, Map.of());
  }

  /**
   * @param reader whose token asked
   * @param remote address the request came from
   * @param what was read
   * @param particulars of the request
   */
  public PreparedEntry read(
      String reader, String remote, String what, Map<String, Object> particulars) {
    Map<String, Object> data = new TreeMap<>(particulars);
    data.put("actor", reader);
    data.put("remote", remote);
    data.put("what", what);
    return event(EventTypes.AUDIT_ENTRIES_READ, data);
  }

  /** The same message turned away twice is one event. */
  public PreparedEntry rejected(EventReading.Poison poison) {
    return event(
        "rejected-" + poison.sha256(),
        EventTypes.AUDIT_EVENT_REJECTED,
        Map.of(
            "reason", poison.reason(),
            "messageSha256", poison.sha256(),
            "messageBytes", poison.bytes()));
  }

  private PreparedEntry event(String type, Map<String, Object> data) {
    return event(ids.next().toString(), type, data);
  }

  private PreparedEntry event(String id, String type, Map<String, Object> data) {
    Instant now = clock.instant();
    AuditEvent event = new AuditEvent(id, source, type, SUBJECT, now, null, data, null);
    return new PreparedEntry(id, records.encode(event, now));
  }
}
