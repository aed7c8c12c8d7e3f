package io.farshore.gateway.health;

import io.farshore.gateway.routing.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one upstream; each observation answers the next state. Immutable.
 *
 * @param state now
 * @param failures failed checks in a row
 * @param successes good checks in a row
 * @param connectFailures requests in a row that could not connect
 * @param latency smoothed round trip of good checks; absent until one was good
 * @param detail the last failure, in words; empty if there was none
 */
public record UpstreamHealth(
    Upstream.State state,
    int failures,
    int successes,
    int connectFailures,
    @Nullable Duration latency,
    String detail) {
  /** Failed checks in a row after which an upstream is down. */
  static final int DOWN_AFTER = 3;

  /** Good checks in a row after which it is healthy again. */
  static final int UP_AFTER = 2;

  /** Requests in a row that could not connect after which it is suspect: sooner than any check. */
  static final int SUSPECT_AFTER = 2;

  /** Weight of a new measurement: three of them carry two thirds. */
  static final double SMOOTHING = 0.3;

  public static final UpstreamHealth UNKNOWN =
      new UpstreamHealth(Upstream.State.UNKNOWN, 0, 0, 0, null, "");

  /** A check that was answered well after {@code roundTrip}. */
  public UpstreamHealth onCheckPassed(Duration roundTrip) {
    int passed = Math.min(successes + 1, UP_AFTER);
    // Nothing speaks against one that was never checked: the first good check is enough.
    boolean up = passed >= UP_AFTER || state == Upstream.State.UNKNOWN;
    return new UpstreamHealth(
        up ? Upstream.State.HEALTHY : state, 0, passed, 0, smooth(roundTrip), up ? "" : detail);
  }

  /** A check that failed or was not answered in time. */
  public UpstreamHealth onCheckFailed(String why) {
    int failed = Math.min(failures + 1, DOWN_AFTER);
    // Nothing speaks for one that was never checked well.
    Upstream.State kept = state == Upstream.State.UNKNOWN ? Upstream.State.SUSPECT : state;
    Upstream.State next = failed >= DOWN_AFTER ? Upstream.State.DOWN : kept;
    return new UpstreamHealth(next, failed, 0, connectFailures, latency, why);
  }

  /** A request could not connect. */
  public UpstreamHealth onConnectFailed(String why) {
    int failed = Math.min(connectFailures + 1, SUSPECT_AFTER);
    Upstream.State next =
        failed >= SUSPECT_AFTER && state != Upstream.State.DOWN ? Upstream.State.SUSPECT : state;
    return new UpstreamHealth(next, failures, 0, failed, latency, why);
  }

  /** A request connected. Only checks make an upstream healthy again. */
  public UpstreamHealth onConnected() {
    return new UpstreamHealth(state, failures, successes, 0, latency, detail);
  }

  /** As routing sees it. */
  public Upstream view() {
    return new Upstream(state, latency);
  }

  private Duration smooth(Duration sample) {
    return latency == null
        ? sample
        : Duration.ofNanos(
            Math.round(latency.toNanos() * (1 - SMOOTHING) + sample.toNanos() * SMOOTHING));
  }
}
