package io.farshore.failover.evidence;

import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a member probes and how often, from what is declared. Pure. */
public final class ProbePlan {
  /** How often members look at each other before anything is declared. */
  static final Cadence IDLE = new Cadence(Duration.ofSeconds(1), 3);

  private ProbePlan() {}

  /**
   * How an endpoint is probed.
   *
   * @param interval between two probes
   * @param threshold failures in a row that make it down
   */
  public record Cadence(Duration interval, int threshold) {
    /** An answer that takes longer than this share of the interval counts as none. */
    static final int TIMEOUT_PERCENT = 80;

    public Duration timeout() {
      return interval.multipliedBy(TIMEOUT_PERCENT).dividedBy(100);
    }

    private Cadence shortest(Cadence other) {
      return new Cadence(
          interval.compareTo(other.interval) <= 0 ? interval : other.interval,
          Math.min(threshold, other.threshold));
    }
  }

  /** Every endpoint worth probing; one shared by several applications at the shortest cadence. */
  public static Map<Endpoint, Cadence> of(
      Collection<ProtectedApplication> applications, Collection<MemberId> members) {
    Map<Endpoint, Cadence> plan = new LinkedHashMap<>();
    members.forEach(member -> plan.put(Endpoint.control(member.value()), IDLE));
    for (ProtectedApplication application : applications) {
      FailoverPolicy policy = application.policy();
      Cadence cadence = new Cadence(policy.probeInterval(), policy.failureThreshold());
      for (RegionId region : application.regions()) {
        String name = region.value();
        // The idle cadence is only a default: a declared one takes its place.
        plan.merge(
            Endpoint.control(name),
            cadence,
            (known, ours) -> known.equals(IDLE) ? ours : known.shortest(ours));
        plan.merge(Endpoint.gateway(name), cadence, Cadence::shortest);
        plan.put(Endpoint.database(name, application.id()), cadence);
        plan.put(Endpoint.application(name, application.id()), cadence);
      }
    }
    return plan;
  }
}
