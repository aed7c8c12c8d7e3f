package io.farshore.testbed;

import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationSpec.ComponentSpec;
import io.farshore.contracts.failover.ApplicationSpec.FailoverSpec;
import io.farshore.contracts.failover.ApplicationSpec.RegionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the ledger is declared to Farshore: the critical financial application of the story. */
final class LedgerDeclaration {
  private LedgerDeclaration() {}

  static ApplicationSpec of(WorldPlan plan) {
    List<RegionSpec> regions = new ArrayList<>();
    for (String region : plan.regions()) {
      regions.add(new RegionSpec(region, region.equals(plan.home()) ? "primary" : "standby"));
    }
    return new ApplicationSpec(
        "payments team",
        "critical",
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        regions,
        List.of(
            new ComponentSpec(
                WorldPlan.APPLICATION + "-database",
                "postgresql",
                Map.of("database", WorldPlan.APPLICATION)),
            new ComponentSpec(WorldPlan.APPLICATION, "http", Map.of("healthPath", "/health"))),
        new FailoverSpec(
            plan.automatic() ? "automatic" : "manual",
            plan.leaseDuration(),
            plan.probeInterval(),
            plan.failureThreshold(),
            plan.commitGate()));
  }
}
