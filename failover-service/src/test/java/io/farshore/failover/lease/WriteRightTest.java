package io.farshore.failover.lease;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.lease.HeldLease;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteRightTest {
  private MonotonicInstant now = new MonotonicInstant("clock", 0);
  private final WriteRight right = new WriteRight(() -> now);

  @Test
  void nothingIsConfirmedBeforeTheQuorumKnowsTheHistory() {
    right.renewed(lease(1, 5), false);
    assertThat(right.mayConfirm()).isFalse();

    right.renewed(lease(1, 6), true);
    assertThat(right.mayConfirm()).isTrue();
  }

  @Test
  void rightEndsByTheClock() {
    right.renewed(lease(1, 5), true);
    now = now.plus(Duration.ofSeconds(5));

    assertThat(right.mayConfirm()).isFalse();
  }

  @Test
  void olderRenewalAnsweredLateChangesNothing() {
    right.renewed(lease(2, 6), true);
    right.renewed(lease(2, 5), true);
    right.renewed(lease(1, 9), true);

    assertThat(right.held()).contains(lease(2, 6));
  }

  @Test
  void newEpochMustBecomeKnownAnew() {
    right.renewed(lease(1, 5), true);
    right.renewed(lease(2, 6), false);

    assertThat(right.mayConfirm()).isFalse();
  }

  @Test
  void forgottenRightIsGoneAtOnce() {
    right.renewed(lease(1, 5), true);
    right.forget();

    assertThat(right.mayConfirm()).isFalse();
    assertThat(right.held()).isEmpty();
  }

  private static HeldLease lease(long epoch, long seconds) {
    return new HeldLease(
        LEDGER,
        EAST,
        new Epoch(epoch),
        new MonotonicInstant("clock", 0).plus(Duration.ofSeconds(seconds)));
  }
}
