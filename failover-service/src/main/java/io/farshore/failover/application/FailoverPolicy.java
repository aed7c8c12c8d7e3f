package io.farshore.failover.application;

import java.time.Duration;

/**
 * How an application moves.
 *
 * @param mode who may start a failover
 * @param leaseDuration how long a right to write lasts without renewal
 * @param probeInterval time between two probes of an endpoint
 * @param failureThreshold failed probes in a row after which an observer calls an endpoint down
 * @param commitGate whether commits wait for the region's lease
 */
public record FailoverPolicy(
    FailoverMode mode,
    Duration leaseDuration,
    Duration probeInterval,
    int failureThreshold,
    boolean commitGate) {
  /** Five chances to renew before a lease ends: one lost message or slow disk costs nothing. */
  public static final int RENEWALS_PER_LEASE = 5;

  /** How often the holder renews. */
  public Duration renewInterval() {
    return leaseDuration.dividedBy(RENEWALS_PER_LEASE);
  }
}
