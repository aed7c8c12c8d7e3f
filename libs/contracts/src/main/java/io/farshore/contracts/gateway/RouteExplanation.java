package io.farshore.contracts.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request would go where it would go. {@code GET /v1/routes:explain}.
 *
 * @param application which route was matched
 * @param method of the request asked about
 * @param path of the request asked about
 * @param write whether it needs the write lease
 * @param tableRevision of the routing table used
 * @param epoch of the write lease in that table
 * @param outcome {@code routed} or {@code refused}
 * @param region the chosen region, when routed
 * @param rule the rule that chose, or that refused
 * @param reason in one sentence
 * @param candidates every region, and why it was passed over
 */
public record RouteExplanation(
    String application,
    String method,
    String path,
    boolean write,
    long tableRevision,
    long epoch,
    String outcome,
    @Nullable String region,
    String rule,
    String reason,
    List<Candidate> candidates) {

  /**
   * @param region name
   * @param state of its upstream as users of this gateway see it: {@code healthy}, {@code suspect},
   *     {@code down} or {@code unknown}
   * @param latencyMillis smoothed round trip from this gateway; absent if never measured
   * @param chosen whether this one
   * @param reason why, or why not
   */
  public record Candidate(
      String region, String state, @Nullable Double latencyMillis, boolean chosen, String reason) {}
}
