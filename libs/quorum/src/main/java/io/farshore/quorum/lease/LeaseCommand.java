package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.time.Duration;

/** What can be asked of a {@link LeaseTable}. */
public sealed interface LeaseCommand {
  ApplicationId application();

  /**
   * Gives the right to write to a region under a new epoch. Only to be asked after {@link
   * LeaseTimer#surelyEnded} said so of the lease with exactly this revision; anything that happened
   * to the lease since then makes the grant fail.
   *
   * @param application whose
   * @param to new holder
   * @param duration of the new lease
   * @param expectedRevision the revision seen to have ended; 0 for a first grant
   */
  record Grant(ApplicationId application, RegionId to, Duration duration, long expectedRevision)
      implements LeaseCommand {
    /** Below a second, two clocks' readings and one round trip leave nothing to work in. */
    public static final Duration DURATION_MIN = Duration.ofSeconds(1);

    /** A longer lease would make every failover wait that long. */
    public static final Duration DURATION_MAX = Duration.ofMinutes(10);

    public Grant {
      if (duration.compareTo(DURATION_MIN) < 0 || duration.compareTo(DURATION_MAX) > 0) {
        throw new IllegalArgumentException("a lease lasts between 1 s and 10 min");
      }
    }
  }

  /**
   * Prolongs the right. Refused as soon as a newer epoch is granted or the lease was released.
   *
   * @param application whose
   * @param holder who renews
   * @param epoch under which it holds
   */
  record Renew(ApplicationId application, RegionId holder, Epoch epoch) implements LeaseCommand {}

  /**
   * Gives the right back, after the holder has stopped using it.
   *
   * @param application whose
   * @param holder who gives it back
   * @param epoch under which it held
   */
  record Release(ApplicationId application, RegionId holder, Epoch epoch) implements LeaseCommand {}
}
