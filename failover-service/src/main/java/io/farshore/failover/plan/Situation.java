package io.farshore.failover.plan;

import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.kernel.RegionId;
import java.util.Map;

/**
 * Everything a decision about one application rests on, at one moment.
 *
 * @param application what was declared
 * @param lease who may write
 * @param findings the verdict on each of its regions
 * @param databases what each region's guard said lately of its database; absent if not heard
 * @param executionUnderWay whether it is already moving
 * @param recentAutomatic automatic executions begun within {@link FailoverDecider#AUTOMATIC_WINDOW}
 */
public record Situation(
    ProtectedApplication application,
    LeaseFacts lease,
    Map<RegionId, RegionFinding> findings,
    Map<RegionId, DatabaseReport> databases,
    boolean executionUnderWay,
    int recentAutomatic) {
  public Situation {
    findings = Map.copyOf(findings);
    databases = Map.copyOf(databases);
  }

  /** The verdict on a region; unknown if there is none. */
  public RegionFinding finding(RegionId region) {
    RegionFinding found = findings.get(region);
    return found != null
        ? found
        : new RegionFinding(region, RegionVerdict.UNKNOWN, "nothing was heard", false, false, null);
  }
}
