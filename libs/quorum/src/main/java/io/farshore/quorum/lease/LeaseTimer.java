package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a member when somebody else's lease has surely ended, by its own clock alone. Local state,
 * never replicated. Not thread-safe: lives on the thread that applies the log.
 *
 * <p><b>Why two regions never hold one lease.</b> Let a lease of duration {@code D} be renewed by
 * its holder {@code H} at true time {@code asked}, and let member {@code M} apply that renewal at
 * true time {@code applied}. A command is applied after it was proposed, so {@code asked ≤
 * applied}.
 *
 * <ol>
 *   <li>{@code H} counts {@code D × (1 − drift)} from a reading taken before it asked. Even if its
 *       clock is slow by the drift bound, it stops by true time {@code asked + D}.
 *   <li>{@code M} waits for {@code D × (1 + drift)} from a reading taken after it applied. Even if
 *       its clock is fast by the drift bound, it proposes a new grant after true time {@code
 *       applied + D ≥ asked + D}: when {@code H} has stopped using this renewal.
 *   <li>{@code M} may not know of a later renewal. Its grant names the revision it timed, and each
 *       renewal changes the revision. If a later renewal is before the grant in the log, the grant
 *       fails. If it is after the grant, the epoch is newer and the renewal fails. {@code H} counts
 *       a renewal only once it was told that it succeeded. So the last renewal that counts is the
 *       one {@code M} timed.
 *   <li>A new holder holds from its own renewal under the new epoch, which is after the grant in
 *       the log.
 * </ol>
 *
 * A restarted member, and one that took in a snapshot, times what it finds from that later moment:
 * this only delays. What the proof rests on: clocks within the drift bound, that do not stand still
 * while their process runs. A suspended machine's clock stands still with its process; for a
 * process that wakes up late there is the fencing token (a lease alone is never enough).
 */
public final class LeaseTimer {
  private final ClockDrift drift;
  private final Map<ApplicationId, Timed> timed = new HashMap<>();

  private record Timed(long revision, MonotonicInstant appliedAt) {}

  public LeaseTimer(ClockDrift drift) {
    this.drift = drift;
  }

  /**
   * Notes that a grant, renewal or release was just applied here, or found after a restart.
   *
   * @param lease as it is now
   * @param appliedAt read from this member's clock at or after applying
   */
  public void on(Lease lease, MonotonicInstant appliedAt) {
    Timed known = timed.get(lease.application());
    if (known == null || known.revision != lease.revision()) {
      timed.put(lease.application(), new Timed(lease.revision(), appliedAt));
    }
  }

  /**
   * Whether the lease, in exactly this revision, has surely ended: nobody holds it, or its time is
   * over on every clock within the drift bound.
   */
  public boolean surelyEnded(Lease lease, MonotonicInstant now) {
    return remaining(lease, now).map(left -> left.isZero() || left.isNegative()).orElse(false);
  }

  /**
   * How long until {@link #surelyEnded}; zero or less once it has. Empty if this member never saw
   * the lease in this revision, so cannot say.
   */
  public Optional<Duration> remaining(Lease lease, MonotonicInstant now) {
    if (lease.holder() == null) {
      return Optional.of(Duration.ZERO);
    }
    @Nullable Timed seen = timed.get(lease.application());
    if (seen == null || seen.revision != lease.revision()) {
      return Optional.empty();
    }
    return Optional.of(drift.surelyBeyond(lease.duration()).minus(now.since(seen.appliedAt)));
  }
}
