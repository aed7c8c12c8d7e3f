package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One application's row in the {@link LeaseTable}. Says who was last granted the right to write;
 * whether that right is still valid is for {@link HeldLease} (holder) and {@link LeaseTimer} (all
 * others) to say.
 *
 * @param application whose
 * @param holder the region granted; null once released
 * @param epoch of the last grant; only rises
 * @param duration how long a grant or renewal lasts
 * @param revision rises with every grant, renewal and release of this application
 */
public record Lease(
    ApplicationId application,
    @Nullable RegionId holder,
    Epoch epoch,
    Duration duration,
    long revision) {

  /** The state of an application that never had a lease: anyone may ask with revision 0. */
  public static Lease none(ApplicationId application) {
    return new Lease(application, null, Epoch.NONE, Duration.ZERO, 0);
  }

  /** Empty once released, or before the first grant. */
  public Optional<FencingToken> token() {
    return Optional.ofNullable(holder).map(region -> new FencingToken(region, epoch));
  }

  public boolean isHeldBy(RegionId region, Epoch under) {
    return region.equals(holder) && epoch.equals(under);
  }

  Lease toGranted(RegionId to, Duration newDuration) {
    return new Lease(application, to, epoch.next(), newDuration, revision + 1);
  }

  Lease toRenewed() {
    return new Lease(application, holder, epoch, duration, revision + 1);
  }

  Lease toReleased() {
    return new Lease(application, null, epoch, duration, revision + 1);
  }
}
