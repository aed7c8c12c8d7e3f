package io.farshore.simulation.failover;

import io.farshore.kernel.RegionId;
import java.time.Duration;

/** Kills databases and stops their replication at random moments, until told to stop. */
public final class DatabaseNemesis {
  private static final Duration PAUSE_BETWEEN_MAX = Duration.ofSeconds(15);
  private static final Duration DOWN_MAX = Duration.ofSeconds(10);

  private final FailoverWorld failover;
  private boolean stopped;

  public DatabaseNemesis(FailoverWorld failover) {
    this.failover = failover;
  }

  public void start() {
    failover.world().time().after(upTo(PAUSE_BETWEEN_MAX), this::strike);
  }

  /** No new harm; what is broken stays broken until {@link FailoverWorld#heal}. */
  public void stop() {
    stopped = true;
  }

  private void strike() {
    if (stopped) {
      return;
    }
    RegionId victim =
        failover.world().random().nextBoolean() ? FailoverWorld.EAST : FailoverWorld.WEST;
    if (failover.world().random().nextInt(3) == 0) {
      failover.replicates(false);
      failover.world().time().after(upTo(DOWN_MAX), () -> failover.replicates(true));
    } else {
      failover.killDatabase(victim);
      failover.world().time().after(upTo(DOWN_MAX), () -> failover.launchDatabase(victim));
    }
    failover.world().time().after(upTo(PAUSE_BETWEEN_MAX), this::strike);
  }

  private Duration upTo(Duration max) {
    return Duration.ofNanos(1 + failover.world().random().nextLong(max.toNanos()));
  }
}
