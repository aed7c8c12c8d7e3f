package io.farshore.failover.member;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlState;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import java.util.Collection;
import java.util.Optional;

/**
 * Where the quorum is best led from: not from a region that holds a lease, because losing that
 * region would then cost an election as well. Pure.
 */
final class LeadershipPreference {
  private LeadershipPreference() {}

  /**
   * Who should lead instead of {@code self}.
   *
   * @param heard members that were heard lately
   * @return empty if it is well as it is, or nobody better was heard
   */
  static Optional<MemberId> better(ControlState state, MemberId self, Collection<MemberId> heard) {
    boolean moving =
        state.applications().values().stream().anyMatch(one -> one.underWay().isPresent());
    if (moving || !holds(state, self)) {
      return Optional.empty(); // an executor that changes in the middle costs time
    }
    // A standby region first: the promotion then needs no message to another region.
    return heard.stream()
        .filter(member -> !member.equals(self) && !holds(state, member))
        .min(
            java.util.Comparator.comparing((MemberId member) -> !isStandby(state, member))
                .thenComparing(member -> member));
  }

  private static boolean holds(ControlState state, MemberId member) {
    return state.leases().leases().stream()
        .map(Lease::holder)
        .anyMatch(holder -> holder != null && holder.value().equals(member.value()));
  }

  private static boolean isStandby(ControlState state, MemberId member) {
    return state.applications().values().stream()
        .map(ApplicationRecord::spec)
        .flatMap(spec -> spec.regions().stream())
        .map(RegionId::value)
        .anyMatch(member.value()::equals);
  }
}
