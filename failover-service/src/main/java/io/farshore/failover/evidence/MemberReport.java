package io.farshore.failover.evidence;

import io.farshore.failover.plan.DatabaseReport;
import java.util.List;

/**
 * What a member tells the others each second.
 *
 * @param seen what it observed
 * @param databases what its guards know of its region's databases
 */
public record MemberReport(ObserverReport seen, List<DatabaseReport> databases) {
  public MemberReport {
    databases = List.copyOf(databases);
  }
}
