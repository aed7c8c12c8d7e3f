package io.farshore.quorum.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.MalformedBytesException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final ApplicationId APP = new ApplicationId("ledger");
  private static final RegionId EAST = new RegionId("us-east");
  private static final RegionId WEST = new RegionId("eu-west");
  private static final Duration FIVE = Duration.ofSeconds(5);

  private static MonotonicInstant at(double seconds) {
    return new MonotonicInstant("clock", Math.round(seconds * 1e9));
  }

  private static LeaseTable after(LeaseTable table, LeaseCommand... commands) {
    LeaseTable now = table;
    for (LeaseCommand command : commands) {
      now = now.with(now.decide(command));
    }
    return now;
  }

  private static LeaseCommand grant(RegionId to, long revision) {
    return new LeaseCommand.Grant(APP, to, FIVE, revision);
  }

  private static LeaseCommand renew(RegionId holder, long epoch) {
    return new LeaseCommand.Renew(APP, holder, new Epoch(epoch));
  }

  private static LeaseCommand release(RegionId holder, long epoch) {
    return new LeaseCommand.Release(APP, holder, new Epoch(epoch));
  }

  @Test
  void a_first_grant_opens_epoch_one() {
    LeaseTable table = after(LeaseTable.EMPTY, grant(EAST, 0));

    assertThat(table.lease(APP)).isEqualTo(new Lease(APP, EAST, new Epoch(1), FIVE, 1));
  }

  @Test
  void a_grant_that_missed_a_renewal_is_refused() {
    LeaseTable table = after(LeaseTable.EMPTY, grant(EAST, 0), renew(EAST, 1));

    LeaseOutcome outcome = table.decide(grant(WEST, 1));

    assertThat(outcome)
        .isEqualTo(
            new LeaseOutcome.Refused(table.lease(APP), LeaseOutcome.Reason.REVISION_CHANGED));
    assertThat(table.with(outcome)).isEqualTo(table);
  }

  @Test
  void a_renewal_under_a_superseded_epoch_is_refused() {
    LeaseTable table = after(LeaseTable.EMPTY, grant(EAST, 0), grant(WEST, 1));

    assertThat(table.decide(renew(EAST, 1)))
        .isEqualTo(new LeaseOutcome.Refused(table.lease(APP), LeaseOutcome.Reason.NOT_THE_HOLDER));
  }

  @Test
  void a_renewal_after_the_release_is_refused() {
    LeaseTable table = after(LeaseTable.EMPTY, grant(EAST, 0), release(EAST, 1));

    assertThat(table.decide(renew(EAST, 1))).isInstanceOf(LeaseOutcome.Refused.class);
  }

  @Test
  void the_epoch_only_rises_even_for_the_same_region() {
    LeaseTable table = after(LeaseTable.EMPTY, grant(EAST, 0), release(EAST, 1), grant(EAST, 2));

    assertThat(table.lease(APP).epoch()).isEqualTo(new Epoch(2));
  }

  @Test
  void the_holder_stops_before_the_others_think_it_ended() {
    Lease lease = after(LeaseTable.EMPTY, grant(EAST, 0), renew(EAST, 1)).lease(APP);
    HeldLease held = HeldLease.renewed(lease, at(0), ClockDrift.DEFAULT);
    LeaseTimer timer = new LeaseTimer(ClockDrift.DEFAULT);
    timer.on(lease, at(0));

    assertThat(held.valid(at(4.974))).isTrue();
    assertThat(held.valid(at(4.975))).isFalse();
    assertThat(timer.surelyEnded(lease, at(5.025))).isFalse();
    assertThat(timer.surelyEnded(lease, at(5.026))).isTrue();
  }

  @Test
  void a_timer_that_never_saw_this_revision_cannot_say_that_it_ended() {
    LeaseTable once = after(LeaseTable.EMPTY, grant(EAST, 0));
    LeaseTimer timer = new LeaseTimer(ClockDrift.DEFAULT);
    timer.on(once.lease(APP), at(0));
    Lease renewed = after(once, renew(EAST, 1)).lease(APP);

    assertThat(timer.surelyEnded(renewed, at(1_000))).isFalse();
  }

  @Test
  void a_renewal_starts_the_timer_again_but_hearing_of_it_twice_does_not() {
    LeaseTable once = after(LeaseTable.EMPTY, grant(EAST, 0));
    Lease renewed = after(once, renew(EAST, 1)).lease(APP);
    LeaseTimer timer = new LeaseTimer(ClockDrift.DEFAULT);
    timer.on(once.lease(APP), at(0));
    timer.on(renewed, at(4));
    timer.on(renewed, at(8));

    assertThat(timer.surelyEnded(renewed, at(5.5))).isFalse();
    assertThat(timer.surelyEnded(renewed, at(9.5))).isTrue();
  }

  @Test
  void a_released_lease_has_ended_at_once() {
    Lease released = after(LeaseTable.EMPTY, grant(EAST, 0), release(EAST, 1)).lease(APP);

    assertThat(new LeaseTimer(ClockDrift.DEFAULT).surelyEnded(released, at(0))).isTrue();
    assertThatThrownBy(() -> HeldLease.renewed(released, at(0), ClockDrift.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lengths_that_make_no_sense_cannot_be_asked_for() {
    assertThatThrownBy(() -> new LeaseCommand.Grant(APP, EAST, Duration.ofMillis(10), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LeaseCommand.Grant(APP, EAST, Duration.ofHours(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClockDrift(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tables_commands_and_outcomes_come_back_from_their_bytes() {
    LeaseTable table =
        after(
            LeaseTable.EMPTY,
            grant(EAST, 0),
            release(EAST, 1),
            new LeaseCommand.Grant(
                new ApplicationId("other"), WEST, Duration.ofNanos(1234567890), 0));
    ByteWriter out = new ByteWriter();
    LeaseCodec.writeTable(out, table);
    LeaseCodec.writeCommand(out, grant(EAST, 9));
    LeaseCodec.writeCommand(out, renew(WEST, 3));
    LeaseCodec.writeCommand(out, release(WEST, 3));
    LeaseCodec.writeOutcome(out, table.decide(renew(EAST, 1)));
    LeaseCodec.writeOutcome(out, table.decide(grant(EAST, 2)));

    ByteReader in = new ByteReader(out.toBytes());

    assertThat(LeaseCodec.readTable(in)).isEqualTo(table);
    assertThat(LeaseCodec.readCommand(in)).isEqualTo(grant(EAST, 9));
    assertThat(LeaseCodec.readCommand(in)).isEqualTo(renew(WEST, 3));
    assertThat(LeaseCodec.readCommand(in)).isEqualTo(release(WEST, 3));
    assertThat(LeaseCodec.readOutcome(in)).isEqualTo(table.decide(renew(EAST, 1)));
    assertThat(LeaseCodec.readOutcome(in)).isEqualTo(table.decide(grant(EAST, 2)));
    in.end();
  }

  @Test
  void random_bytes_are_no_command() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      try {
        assertThat(LeaseCodec.readCommand(new ByteReader(bytes)).application()).isNotNull();
      } catch (MalformedBytesException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
