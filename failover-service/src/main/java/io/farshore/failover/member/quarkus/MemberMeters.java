package io.farshore.failover.member.quarkus;

import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.member.FailoverMember;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of a member all the time. */
final class MemberMeters {
  private MemberMeters() {}

  static void register(MeterRegistry meters, FailoverMember member, String region) {
    Gauge.builder("farshore.quorum.leading", () -> member.quorum().leading() ? 1 : 0)
        .description("Whether this member leads the quorum")
        .tag("region", region)
        .register(meters);
    Gauge.builder("farshore.quorum.applied", () -> member.quorum().status().appliedIndex())
        .description("Last log position applied here")
        .tag("region", region)
        .register(meters);
    for (MemberId observed : member.members()) {
      RegionId seen = new RegionId(observed.value());
      Gauge.builder("farshore.evidence.verdict", () -> member.verdict(seen).gauge())
          .description("0 up, 1 unknown, 2 suspect, 3 down, as this member weighs the evidence")
          .tag("region", region)
          .tag("observed", seen.value())
          .register(meters);
    }
    for (RegionGuard guard : member.guards()) {
      String application = guard.application().value();
      Gauge.builder("farshore.lease.held", () -> guard.mayConfirm() ? 1 : 0)
          .description("Whether this region may have commits confirmed now")
          .tag("application", application)
          .tag("region", region)
          .register(meters);
      Gauge.builder(
              "farshore.lease.epoch",
              () -> member.state().lease(guard.application()).epoch().value())
          .description("Epoch of the last grant")
          .tag("application", application)
          .tag("region", region)
          .register(meters);
    }
  }
}
