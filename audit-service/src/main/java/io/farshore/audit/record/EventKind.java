package io.farshore.audit.record;

import static io.farshore.audit.record.OcsfClass.API_ACTIVITY;
import static io.farshore.audit.record.OcsfClass.APPLICATION_LIFECYCLE;
import static io.farshore.audit.record.OcsfClass.AUTHENTICATION;
import static io.farshore.audit.record.OcsfClass.BASE_EVENT;
import static io.farshore.audit.record.OcsfClass.COMPLIANCE_FINDING;
import static io.farshore.audit.record.OcsfClass.ENTITY_MANAGEMENT;
import static io.farshore.audit.record.OcsfClass.EVENT_LOG_ACTIVITY;
import static io.farshore.audit.record.OcsfClass.INCIDENT_FINDING;
import static java.util.Map.entry;

import io.farshore.audit.event.AuditEvent;
import io.farshore.contracts.event.EventTypes;
import java.util.Map;

/**
 * Which OCSF class, activity and severity a type of event has.
 *
 * @param ocsfClass the class
 * @param activityId within the class
 * @param severity how much it matters
 * @param good whether what happened is a success, or the end of something bad
 * @param title for a person
 */
record EventKind(
    OcsfClass ocsfClass, int activityId, Severity severity, boolean good, String title) {
  /** OCSF's {@code severity_id}. */
  enum Severity {
    INFORMATIONAL(1),
    LOW(2),
    MEDIUM(3),
    HIGH(4),
    CRITICAL(5);

    private final int id;

    Severity(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }

  // Activities, by class. OCSF defines them; 99 is "other".
  private static final int CREATE = 1;
  private static final int READ = 2;
  private static final int UPDATE = 3;
  private static final int DELETE = 4;
  private static final int OTHER = 99;
  private static final int ENTITY_DISABLE = 9;
  private static final int ENTITY_ACTIVATE = 10;
  private static final int ENTITY_DEACTIVATE = 11;
  private static final int FINDING_CLOSE = 3;
  private static final int FINDING_UPDATE = 2;
  private static final int LIFECYCLE_START = 3;
  private static final int LOG_START = 6;
  private static final int LOG_STOP = 7;
  private static final int LOGON = 1;

  private static final EventKind UNKNOWN =
      new EventKind(BASE_EVENT, 0, Severity.INFORMATIONAL, true, "Event of an unknown type");

  private static final Map<String, EventKind> KINDS =
      Map.ofEntries(
          entry(EventTypes.APPLICATION_DECLARED, entity(UPDATE, "Application declared")),
          entry(EventTypes.LEASE_GRANTED, entity(ENTITY_ACTIVATE, "Write lease granted")),
          entry(EventTypes.LEASE_RELEASED, entity(ENTITY_DEACTIVATE, "Write lease released")),
          entry(
              EventTypes.REGION_FENCED,
              new EventKind(
                  ENTITY_MANAGEMENT, ENTITY_DISABLE, Severity.HIGH, true, "Region fenced")),
          entry(EventTypes.DIVERGENCE_FOUND, incident(Severity.CRITICAL, "Divergence found")),
          entry(EventTypes.EXECUTION_STARTED, api(CREATE, Severity.HIGH, "Execution started")),
          entry(EventTypes.EXECUTION_HELD, api(UPDATE, Severity.HIGH, "Execution held")),
          entry(
              EventTypes.EXECUTION_ACKNOWLEDGED,
              api(UPDATE, Severity.HIGH, "Execution acknowledged")),
          entry(EventTypes.EXECUTION_REFUSED, failed(CREATE, Severity.HIGH, "Execution refused")),
          entry(EventTypes.STEP_COMPLETED, api(UPDATE, Severity.LOW, "Step completed")),
          entry(EventTypes.STEP_FAILED, failed(UPDATE, Severity.HIGH, "Step failed")),
          entry(EventTypes.EXECUTION_COMPLETED, api(UPDATE, Severity.HIGH, "Execution completed")),
          entry(EventTypes.EXECUTION_FAILED, failed(UPDATE, Severity.CRITICAL, "Execution failed")),
          entry(EventTypes.BACKUP_STARTED, api(CREATE, Severity.INFORMATIONAL, "Backup started")),
          entry(EventTypes.BACKUP_FAILED, failed(CREATE, Severity.HIGH, "Backup failed")),
          entry(EventTypes.RECOVERY_POINT_CREATED, entity(CREATE, "Recovery point created")),
          entry(EventTypes.RESTORE_STARTED, api(CREATE, Severity.MEDIUM, "Restore started")),
          entry(EventTypes.RESTORE_COMPLETED, api(CREATE, Severity.MEDIUM, "Restore completed")),
          entry(EventTypes.RESTORE_FAILED, failed(CREATE, Severity.HIGH, "Restore failed")),
          entry(
              EventTypes.LAG_BREACHED,
              new EventKind(
                  COMPLIANCE_FINDING, CREATE, Severity.HIGH, false, "Replication lag breached")),
          entry(
              EventTypes.LAG_RECOVERED,
              new EventKind(
                  COMPLIANCE_FINDING,
                  FINDING_CLOSE,
                  Severity.INFORMATIONAL,
                  true,
                  "Replication lag recovered")),
          entry(EventTypes.LINK_LOST, incident(Severity.HIGH, "Replication link lost")),
          entry(
              EventTypes.LINK_RESTORED,
              new EventKind(
                  INCIDENT_FINDING,
                  FINDING_CLOSE,
                  Severity.INFORMATIONAL,
                  true,
                  "Replication link restored")),
          entry(
              EventTypes.TABLE_ADOPTED,
              api(UPDATE, Severity.INFORMATIONAL, "Routing table adopted")),
          entry(
              EventTypes.UPSTREAM_HEALTH_CHANGED,
              new EventKind(
                  INCIDENT_FINDING,
                  FINDING_UPDATE,
                  Severity.MEDIUM,
                  true,
                  "Upstream health changed")),
          entry(
              EventTypes.SERVICE_STARTED,
              new EventKind(
                  APPLICATION_LIFECYCLE,
                  LIFECYCLE_START,
                  Severity.INFORMATIONAL,
                  true,
                  "Service started")),
          entry(EventTypes.AUDIT_LOG_STARTED, log(LOG_START, "Audit log started")),
          entry(EventTypes.AUDIT_LOG_STOPPED, log(LOG_STOP, "Audit log stopped")),
          entry(EventTypes.AUDIT_ENTRIES_READ, log(OTHER, "Audit entries read")),
          entry(
              EventTypes.AUDIT_EVENT_REJECTED,
              new EventKind(EVENT_LOG_ACTIVITY, OTHER, Severity.HIGH, false, "Event rejected")));

  /** The kind of an event; never absent, because nothing that happened may go unlogged. */
  static EventKind of(AuditEvent event) {
    return event.type().equals(EventTypes.ACCESS_DENIED)
        ? denied(event)
        : KINDS.getOrDefault(event.type(), UNKNOWN);
  }

  private static EventKind denied(AuditEvent event) {
    if ("unauthenticated".equals(event.text("reason"))) {
      return new EventKind(AUTHENTICATION, LOGON, Severity.MEDIUM, false, "Access denied");
    }
    String method = String.valueOf(event.text("method"));
    int activity =
        switch (method) {
          case "POST" -> CREATE;
          case "GET", "HEAD" -> READ;
          case "PUT", "PATCH" -> UPDATE;
          case "DELETE" -> DELETE;
          default -> OTHER;
        };
    return failed(activity, Severity.MEDIUM, "Access denied");
  }

  private static EventKind entity(int activity, String title) {
    return new EventKind(ENTITY_MANAGEMENT, activity, Severity.INFORMATIONAL, true, title);
  }

  private static EventKind api(int activity, Severity severity, String title) {
    return new EventKind(API_ACTIVITY, activity, severity, true, title);
  }

  private static EventKind failed(int activity, Severity severity, String title) {
    return new EventKind(API_ACTIVITY, activity, severity, false, title);
  }

  private static EventKind incident(Severity severity, String title) {
    return new EventKind(INCIDENT_FINDING, CREATE, severity, false, title);
  }

  private static EventKind log(int activity, String title) {
    return new EventKind(EVENT_LOG_ACTIVITY, activity, Severity.INFORMATIONAL, true, title);
  }
}
