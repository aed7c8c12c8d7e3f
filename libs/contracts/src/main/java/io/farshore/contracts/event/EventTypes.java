package io.farshore.contracts.event;

/** The types of all events; each is documented in {@code docs/api/asyncapi.yaml}. */
public final class EventTypes {
  public static final String APPLICATION_DECLARED = "io.farshore.failover.application.declared.v1";
  public static final String LEASE_GRANTED = "io.farshore.failover.lease.granted.v1";
  public static final String LEASE_RELEASED = "io.farshore.failover.lease.released.v1";
  public static final String REGION_FENCED = "io.farshore.failover.region.fenced.v1";
  public static final String DIVERGENCE_FOUND = "io.farshore.failover.divergence.found.v1";
  public static final String EXECUTION_STARTED = "io.farshore.failover.execution.started.v1";
  public static final String EXECUTION_HELD = "io.farshore.failover.execution.held.v1";
  public static final String EXECUTION_ACKNOWLEDGED =
      "io.farshore.failover.execution.acknowledged.v1";
  public static final String EXECUTION_REFUSED = "io.farshore.failover.execution.refused.v1";
  public static final String STEP_COMPLETED = "io.farshore.failover.step.completed.v1";
  public static final String STEP_FAILED = "io.farshore.failover.step.failed.v1";
  public static final String EXECUTION_COMPLETED = "io.farshore.failover.execution.completed.v1";
  public static final String EXECUTION_FAILED = "io.farshore.failover.execution.failed.v1";
  public static final String BACKUP_STARTED = "io.farshore.backup.backup-run.started.v1";
  public static final String BACKUP_FAILED = "io.farshore.backup.backup-run.failed.v1";
  public static final String RECOVERY_POINT_CREATED =
      "io.farshore.backup.recovery-point.created.v1";
  public static final String RESTORE_STARTED = "io.farshore.backup.restore.started.v1";
  public static final String RESTORE_COMPLETED = "io.farshore.backup.restore.completed.v1";
  public static final String RESTORE_FAILED = "io.farshore.backup.restore.failed.v1";
  public static final String LAG_BREACHED = "io.farshore.replication.lag.breached.v1";
  public static final String LAG_RECOVERED = "io.farshore.replication.lag.recovered.v1";
  public static final String LINK_LOST = "io.farshore.replication.link.lost.v1";
  public static final String LINK_RESTORED = "io.farshore.replication.link.restored.v1";
  public static final String TABLE_ADOPTED = "io.farshore.gateway.routing-table.adopted.v1";
  public static final String UPSTREAM_HEALTH_CHANGED =
      "io.farshore.gateway.upstream-health.changed.v1";
  public static final String SERVICE_STARTED = "io.farshore.service.process.started.v1";
  public static final String ACCESS_DENIED = "io.farshore.service.access.denied.v1";
  public static final String AUDIT_LOG_STARTED = "io.farshore.audit.log.started.v1";
  public static final String AUDIT_LOG_STOPPED = "io.farshore.audit.log.stopped.v1";
  public static final String AUDIT_ENTRIES_READ = "io.farshore.audit.entries.read.v1";
  public static final String AUDIT_EVENT_REJECTED = "io.farshore.audit.event.rejected.v1";

  private EventTypes() {}
}
