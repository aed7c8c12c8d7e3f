package io.farshore.failover.application;

import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationSpec.ComponentSpec;
import io.farshore.contracts.failover.ApplicationSpec.FailoverSpec;
import io.farshore.contracts.failover.ApplicationSpec.RegionSpec;

/** Writes a {@link ProtectedApplication} the way the API shows it, every default spelled out. */
public final class ApplicationSpecs {
  private ApplicationSpecs() {}

  public static ApplicationSpec of(ProtectedApplication application) {
    FailoverPolicy policy = application.policy();
    return new ApplicationSpec(
        application.owner(),
        application.tier().word(),
        application.objectives().recoveryPoint(),
        application.objectives().recoveryTime(),
        application.regions().stream()
            .map(
                region ->
                    new RegionSpec(
                        region.value(), region.equals(application.home()) ? "primary" : "standby"))
            .toList(),
        application.components().stream()
            .map(
                component ->
                    new ComponentSpec(
                        component.name(), component.kind().word(), component.settings()))
            .toList(),
        new FailoverSpec(
            policy.mode().word(),
            policy.leaseDuration(),
            policy.probeInterval(),
            policy.failureThreshold(),
            policy.commitGate()));
  }
}
