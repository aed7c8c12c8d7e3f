package io.farshore.gateway.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An application's endpoint in one region, as this gateway sees it.
 *
 * @param state by its checks and by what requests met
 * @param latency smoothed round trip; absent until measured
 */
public record Upstream(State state, @Nullable Duration latency) {
  public static final Upstream UNKNOWN = new Upstream(State.UNKNOWN, null);

  /** By falling trust. */
  public enum State {
    HEALTHY,
    /** Not checked yet. */
    UNKNOWN,
    /** Requests could not connect; checks have not confirmed it yet. */
    SUSPECT,
    DOWN
  }

  public boolean healthy() {
    return state == State.HEALTHY;
  }
}
