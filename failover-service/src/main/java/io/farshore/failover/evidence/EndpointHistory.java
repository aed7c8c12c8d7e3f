package io.farshore.failover.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one observer knows of one endpoint. Going down takes {@code threshold} failures in a row;
 * coming up takes one success the first time and, after each fall, twice as many successes in a row
 * as after the fall before: that damps an endpoint that flaps, and never delays a fall. An endpoint
 * that stayed up for {@link #CALM_SUCCESSES} probes has its falls forgotten.
 *
 * @param health by the rule above
 * @param failures failed probes in a row
 * @param successes good probes in a row
 * @param falls how often it went down without a calm time since
 * @param lastSuccessAt by this observer's wall clock
 * @param detail the last failure in words; empty if there was none
 */
public record EndpointHistory(
    Health health,
    int failures,
    int successes,
    int falls,
    @Nullable Instant lastSuccessAt,
    String detail) {
  /** Nothing probed yet. */
  public static final EndpointHistory NONE = new EndpointHistory(Health.UNKNOWN, 0, 0, 0, null, "");

  /** A minute of good probes at one a second. */
  static final int CALM_SUCCESSES = 60;

  /** However often it fell, half a minute of good probes at one a second brings it back. */
  static final int SUCCESSES_TO_RISE_MAX = 32;

  /** The history after one good probe. */
  public EndpointHistory afterSuccess(Instant at) {
    int inARow = Math.min(successes + 1, CALM_SUCCESSES);
    boolean up = health != Health.DOWN || inARow >= successesToRise();
    return new EndpointHistory(
        up ? Health.UP : Health.DOWN,
        0,
        inARow,
        inARow >= CALM_SUCCESSES ? 0 : falls,
        at,
        up ? "" : detail);
  }

  /** The history after one failed probe. */
  public EndpointHistory afterFailure(String reason, int threshold) {
    int inARow = failures == Integer.MAX_VALUE ? failures : failures + 1;
    boolean down = inARow >= threshold;
    boolean fell = down && health == Health.UP;
    return new EndpointHistory(
        down ? Health.DOWN : health, inARow, 0, fell ? falls + 1 : falls, lastSuccessAt, reason);
  }

  private int successesToRise() {
    // The first fall needs one success: a region that comes back is seen at once.
    return falls <= 1 ? 1 : Math.min(SUCCESSES_TO_RISE_MAX, 1 << Math.min(falls - 1, 5));
  }
}
