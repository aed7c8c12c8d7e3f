package io.farshore.failover.lease;

import io.farshore.quorum.lease.ClockDrift;
import java.time.Duration;

/**
 * How a guard works.
 *
 * @param tick how often it looks
 * @param readInterval how often it asks its database
 * @param fenceMarginParts the guard fences this part of a lease before the lease ends
 * @param drift how far a clock may be off
 */
public record GuardSettings(
    Duration tick, Duration readInterval, int fenceMarginParts, ClockDrift drift) {
  /** A fifth of five seconds: a second to end every session. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(Duration.ofMillis(50), Duration.ofMillis(500), 5, ClockDrift.DEFAULT);

  /** How long before its end the guard of such a lease fences. */
  public Duration fenceMargin(Duration lease) {
    return lease.dividedBy(fenceMarginParts);
  }
}
