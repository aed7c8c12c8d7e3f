package io.farshore.failover.member.quarkus;

import io.farshore.quorum.QuorumStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the member takes part in its quorum and knows a leader. */
@Readiness
@Singleton
public class QuorumReadiness implements HealthCheck {
  private final MemberLifecycle lifecycle;

  @Inject
  QuorumReadiness(MemberLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public HealthCheckResponse call() {
    QuorumStatus status = lifecycle.member().quorum().status();
    return HealthCheckResponse.named("quorum")
        .status(status.health() == QuorumStatus.Health.WORKING)
        .withData("health", status.health().name())
        .withData("leader", status.leader().map(Object::toString).orElse(""))
        .withData("applied", status.appliedIndex())
        .withData("fault", status.fault().orElse(""))
        .build();
  }
}
