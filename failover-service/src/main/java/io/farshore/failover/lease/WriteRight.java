package io.farshore.failover.lease;

import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.lease.HeldLease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This region's right to have commits confirmed, asked by the gate's own thread before every
 * confirmation. Thread-safe: the guard's loop writes, anyone reads.
 *
 * <p>A held lease is not enough: the quorum must also know that this region's history is the one to
 * follow, or a commit confirmed here could be left behind by a later promotion elsewhere.
 */
final class WriteRight {
  private final MonotonicClock clock;
  private volatile State state = new State(null, false);

  private record State(@Nullable HeldLease held, boolean known) {}

  WriteRight(MonotonicClock clock) {
    this.clock = clock;
  }

  /** Whether a commit may be confirmed at this moment. */
  boolean mayConfirm() {
    State now = state;
    return now.known && now.held != null && now.held.valid(clock.now());
  }

  Optional<HeldLease> held() {
    return Optional.ofNullable(state.held);
  }

  /** A renewal succeeded; an older one that was answered later changes nothing. */
  void renewed(HeldLease lease, boolean historyKnown) {
    State before = state;
    HeldLease held = before.held;
    boolean newer =
        held == null
            || lease.epoch().isAfter(held.epoch())
            || (lease.epoch().equals(held.epoch())
                && held.validUntil().isBefore(lease.validUntil()));
    boolean sameEpoch = held != null && held.epoch().equals(lease.epoch());
    if (newer) {
      state = new State(lease, historyKnown || (sameEpoch && before.known));
    } else if (historyKnown && sameEpoch) {
      state = new State(held, true);
    }
  }

  /** The right is given up or lost; at once. */
  void forget() {
    state = new State(null, false);
  }
}
