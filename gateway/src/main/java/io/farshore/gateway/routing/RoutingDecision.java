package io.farshore.gateway.routing;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.util.List;

/** Where requests of one kind go, with everything needed to say why. Immutable. */
public sealed interface RoutingDecision {
  Rule rule();

  /** In one sentence. */
  String reason();

  /** Every region of the application, in its order of preference. */
  List<Candidate> candidates();

  /**
   * Send it.
   *
   * @param region where to
   * @param epoch of the table the decision rests on
   * @param alternatives healthy regions a read may be retried on, nearest first; none for a write
   */
  record Routed(
      RegionId region,
      Epoch epoch,
      Rule rule,
      String reason,
      List<RegionId> alternatives,
      List<Candidate> candidates)
      implements RoutingDecision {
    /** Whether this is a guess made because every region looks ill. */
    public boolean failOpen() {
      return rule == Rule.FAIL_OPEN;
    }
  }

  /** Do not send it anywhere. */
  record Refused(Rule rule, String reason, List<Candidate> candidates) implements RoutingDecision {}

  /**
   * What became of one region in the decision.
   *
   * @param upstream as seen when it was decided
   * @param chosen whether it was taken
   * @param reason why, or why not
   */
  record Candidate(RegionId region, Upstream upstream, boolean chosen, String reason) {}
}
