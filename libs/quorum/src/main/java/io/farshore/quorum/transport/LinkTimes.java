package io.farshore.quorum.transport;

import java.time.Duration;

/** How patient the links are. */
final class LinkTimes {
  /** Connecting and proving oneself; many round trips of 80 ms. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** First pause before connecting again; doubles up to the last. */
  static final Duration RECONNECT_AFTER_MIN = Duration.ofMillis(100);

  static final Duration RECONNECT_AFTER_MAX = Duration.ofSeconds(1);

  /** A sign of life in each direction, so that a dead path is noticed before TCP does. */
  static final Duration PING_PERIOD = Duration.ofSeconds(1);

  /** Without an answer for this long the connection is given up. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(4);

  /** A member heard from within this time counts as reachable. */
  static final Duration REACHABLE_WITHIN = Duration.ofSeconds(3);

  /** What waited longer to be sent is stale to Raft and to the callers. */
  static final Duration FRAME_AGE_MAX = Duration.ofSeconds(2);

  private LinkTimes() {}
}
