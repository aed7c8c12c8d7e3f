package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import java.time.Duration;

/**
 * The holder's own view of its right to write: valid from before it asked for the renewal that the
 * quorum granted, and shorter than the quorum's by the clock drift, so that it always ends first.
 *
 * <p>Being granted a lease gives a region nothing yet: someone else may have asked for it, at a
 * time this region's clock never saw. It holds from its own first renewal on.
 *
 * <p>An immutable value. The holder replaces it with each renewal, and must forget it <em>before
 * </em> asking for a release.
 *
 * @param application whose
 * @param holder this region
 * @param epoch under which it may write
 * @param validUntil by the holder's own monotonic clock
 */
public record HeldLease(
    ApplicationId application, RegionId holder, Epoch epoch, MonotonicInstant validUntil) {

  /**
   * The right that a successful renewal gives.
   *
   * @param renewed the lease as the renewal left it
   * @param askedAt read from the holder's clock before the renewal was proposed
   * @throws IllegalArgumentException if the lease has no holder
   */
  public static HeldLease renewed(Lease renewed, MonotonicInstant askedAt, ClockDrift drift) {
    FencingToken token =
        renewed
            .token()
            .orElseThrow(() -> new IllegalArgumentException("a released lease is held by nobody"));
    return new HeldLease(
        renewed.application(),
        token.holder(),
        token.epoch(),
        askedAt.plus(drift.surelyWithin(renewed.duration())));
  }

  /** Whether the holder may still write now. */
  public boolean valid(MonotonicInstant now) {
    return now.isBefore(validUntil);
  }

  /** How long it may still write; zero or less when it may not. */
  public Duration remaining(MonotonicInstant now) {
    return validUntil.since(now);
  }

  public FencingToken token() {
    return new FencingToken(holder, epoch);
  }
}
