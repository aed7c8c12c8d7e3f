package io.farshore.simulation.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseCodec;
import io.farshore.quorum.lease.LeaseCommand;
import io.farshore.quorum.lease.LeaseDefaults;
import io.farshore.quorum.lease.LeaseOutcome;
import io.farshore.quorum.lease.LeaseTimer;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.simulation.Program;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A region that renews the lease while it holds it, gives it back now and then, and takes it as
 * soon as it has surely ended, for itself or for the other region.
 */
public final class LeaseProgram implements Program {
  static final ApplicationId APPLICATION = new ApplicationId("ledger");

  private static final Duration LOOK_PERIOD = Duration.ofMillis(200);
  private static final int RELEASE_ONCE_IN = 40;

  private final Environment environment;
  private final LeaseRules rules;
  private final boolean canHold;
  private final LeaseTimer timer;
  private final LeaseMachine machine;
  private @Nullable HeldLease held;
  private Epoch released = Epoch.NONE;

  /**
   * @param canHold whether this member's region may hold the lease; a witness only decides
   */
  public LeaseProgram(Environment environment, LeaseRules rules, boolean canHold) {
    this.environment = environment;
    this.rules = rules;
    this.canHold = canHold;
    this.timer = new LeaseTimer(rules.drift());
    this.machine =
        new LeaseMachine(
            rules.compareAndSet(), lease -> timer.on(lease, environment.clock().now()));
  }

  @Override
  public StateMachine machine() {
    return machine;
  }

  @Override
  public void start(Quorum quorum) {
    environment.scheduler().schedule(LeaseDefaults.RENEW_PERIOD, () -> renew(quorum));
    environment.scheduler().schedule(LOOK_PERIOD, () -> look(quorum));
  }

  /** What this region believes to hold; whether it is valid now is for the clock to say. */
  Optional<HeldLease> held() {
    return Optional.ofNullable(held);
  }

  boolean mayWriteNow() {
    return held != null && held.valid(environment.clock().now());
  }

  RegionId region() {
    return new RegionId(environment.self().value());
  }

  private Lease lease() {
    return machine.table().lease(APPLICATION);
  }

  private void renew(Quorum quorum) {
    environment.scheduler().schedule(LeaseDefaults.RENEW_PERIOD, () -> renew(quorum));
    Lease lease = lease();
    if (!canHold || !region().equals(lease.holder()) || lease.epoch().equals(released)) {
      return;
    }
    if (held != null && environment.random().nextInt(RELEASE_ONCE_IN) == 0) {
      released = lease.epoch();
      held = null;
      propose(
          quorum, new LeaseCommand.Release(APPLICATION, region(), lease.epoch()), outcome -> {});
      return;
    }
    MonotonicInstant asked = environment.clock().now();
    propose(
        quorum,
        new LeaseCommand.Renew(APPLICATION, region(), lease.epoch()),
        outcome -> onRenewed(outcome, asked));
  }

  private void onRenewed(LeaseOutcome outcome, MonotonicInstant asked) {
    boolean mine =
        outcome instanceof LeaseOutcome.Changed && !outcome.lease().epoch().equals(released);
    if (!mine) {
      return;
    }
    MonotonicInstant from = rules.countFromAsk() ? asked : environment.clock().now();
    HeldLease renewed = HeldLease.renewed(outcome.lease(), from, rules.drift());
    if (held == null
        || renewed.epoch().isAfter(held.epoch())
        || (renewed.epoch().equals(held.epoch())
            && held.validUntil().isBefore(renewed.validUntil()))) {
      held = renewed;
    }
  }

  private void look(Quorum quorum) {
    environment.scheduler().schedule(LOOK_PERIOD, () -> look(quorum));
    Lease lease = lease();
    MonotonicInstant now = environment.clock().now();
    boolean ended = !rules.waitForTheEnd() || timer.surelyEnded(lease, now);
    boolean patient = !rules.waitForTheEnd() && environment.random().nextInt(20) != 0;
    if (!ended || patient || (!quorum.leading() && environment.random().nextInt(3) != 0)) {
      return;
    }
    RegionId to = new RegionId(environment.random().nextBoolean() ? "us-east" : "eu-west");
    propose(
        quorum,
        new LeaseCommand.Grant(APPLICATION, to, LeaseDefaults.DURATION, lease.revision()),
        outcome -> {});
  }

  private static void propose(
      Quorum quorum, LeaseCommand command, Consumer<LeaseOutcome> onOutcome) {
    ByteWriter out = new ByteWriter();
    LeaseCodec.writeCommand(out, command);
    quorum
        .propose(out.toBytes())
        .thenAccept(answer -> onOutcome.accept(LeaseCodec.readOutcome(new ByteReader(answer))));
  }
}
