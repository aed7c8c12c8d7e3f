package io.farshore.failover.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.lease.ClockDrift;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Times every application's lease by this member's own clock. Not thread-safe: lives on the
 * member's loop.
 */
public final class LeaseWatch {
  private final MonotonicClock clock;
  private final Clock wallClock;
  private final LeaseTimer timer;
  private final Map<ApplicationId, Seen> seen = new HashMap<>();

  /** When this member first saw the present revision, and the present epoch. */
  private record Seen(
      Lease lease, MonotonicInstant revisionAt, MonotonicInstant epochAt, Instant wallTime) {}

  public LeaseWatch(MonotonicClock clock, Clock wallClock, ClockDrift drift) {
    this.clock = clock;
    this.wallClock = wallClock;
    this.timer = new LeaseTimer(drift);
  }

  /** Notes a lease as this member just learned of it. */
  public void on(Lease lease) {
    MonotonicInstant now = clock.now();
    timer.on(lease, now);
    Seen before = seen.get(lease.application());
    if (before == null || before.lease.revision() != lease.revision()) {
      MonotonicInstant epochAt =
          before != null && before.lease.epoch().equals(lease.epoch()) ? before.epochAt : now;
      seen.put(lease.application(), new Seen(lease, now, epochAt, wallClock.instant()));
    }
  }

  /** Whether the lease, in exactly this revision, has surely ended or is held by nobody. */
  public boolean surelyEnded(Lease lease) {
    return timer.surelyEnded(lease, clock.now());
  }

  /** How long until it has surely ended; its whole length if this member never saw it. */
  public Duration remaining(Lease lease) {
    return timer.remaining(lease, clock.now()).orElse(lease.duration());
  }

  /** Since this member learned of the last grant, renewal or release. */
  public Duration sinceRevision(ApplicationId application) {
    Seen known = seen.get(application);
    return known == null ? Duration.ZERO : clock.now().since(known.revisionAt);
  }

  /** Since this member learned of the present epoch. */
  public Duration sinceEpoch(ApplicationId application) {
    Seen known = seen.get(application);
    return known == null ? Duration.ZERO : clock.now().since(known.epochAt);
  }

  /** When this member learned of the last grant, renewal or release, for people. */
  public Optional<Instant> revisionSeenAt(ApplicationId application) {
    return Optional.ofNullable(seen.get(application)).map(Seen::wallTime);
  }
}
