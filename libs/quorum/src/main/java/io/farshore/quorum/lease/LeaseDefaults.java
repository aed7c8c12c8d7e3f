package io.farshore.quorum.lease;

import java.time.Duration;

/** Lease lengths that fit members 80 ms apart and clocks of ordinary machines. */
public final class LeaseDefaults {
  /** Long enough to outlive an election (2 to 3 s), short enough for a recovery within seconds. */
  public static final Duration DURATION = Duration.ofSeconds(5);

  /** The holder asks this often: four chances before its lease ends. */
  public static final Duration RENEW_PERIOD = Duration.ofSeconds(1);

  private LeaseDefaults() {}
}
