package io.farshore.postgres;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect for the network connection and the login together
 * @param read for each answer; a statement that works longer than this is given up
 */
public record Timeouts(Duration connect, Duration read) {
  /** Five seconds to connect, thirty for an answer. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));

  public Timeouts {
    if (connect.isNegative() || connect.isZero() || read.isNegative() || read.isZero()) {
      throw new IllegalArgumentException("time-outs must be longer than nothing");
    }
  }
}
