package io.farshore.cli.status;

import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything at a glance, as far as it could be asked.
 *
 * @param applications with their leases, as one member of the quorum knows them
 * @param answeredBy the site of that member
 * @param regions what each region's guard says of its database
 * @param links replication, each as it was seen last
 * @param exposures what would be lost now, each as it was measured last
 * @param newestRecoveryPoints one for each application and component
 * @param executions under way
 * @param silent what did not answer, and why
 */
@RegisterForReflection
public record StatusReport(
    List<Application> applications,
    @Nullable String answeredBy,
    List<RegionStatus> regions,
    List<ReplicationLink> links,
    List<Exposure> exposures,
    List<RecoveryPoint> newestRecoveryPoints,
    List<Execution> executions,
    List<Silent> silent) {

  /**
   * @param site region or witness
   * @param service which
   * @param error its code
   */
  @RegisterForReflection
  public record Silent(String site, String service, String error) {}

  /** Whether every application has a region that may write. */
  public boolean writable() {
    return !applications.isEmpty()
        && applications.stream()
            .map(application -> application.status().lease())
            .allMatch(lease -> lease != null && lease.holder() != null && !lease.expired());
  }
}
