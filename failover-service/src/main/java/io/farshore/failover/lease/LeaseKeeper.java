package io.farshore.failover.lease;

import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.RenewLease;
import io.farshore.failover.control.ControlCommand.TakeLease;
import io.farshore.failover.control.ControlOutcome.Accepted;
import io.farshore.failover.control.ControlOutcome.Refused;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.PositionSample;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.quorum.lease.Lease;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes, renews and gives up this region's lease with the quorum. Lives on the member's loop. */
final class LeaseKeeper {
  /** Renewals under way at once: one that hangs on a lost leader must not end the lease. */
  private static final int RENEWALS_IN_FLIGHT_MAX = 4;

  private final ApplicationId application;
  private final Surroundings around;
  private final WriteRight right;
  private final Runnable onRenewed;
  private @Nullable MonotonicInstant lastRenewal;
  private @Nullable MonotonicInstant lastTake;
  private int renewing;
  private boolean taking;
  private boolean releasing;
  private Epoch abandoned = Epoch.NONE;

  LeaseKeeper(ApplicationId application, Surroundings around, Runnable onRenewed) {
    this.application = application;
    this.around = around;
    this.right = new WriteRight(around.clock());
    this.onRenewed = onRenewed;
  }

  WriteRight right() {
    return right;
  }

  /** Whether this region began to give the epoch up. There is no way back: only a new epoch. */
  boolean abandoned(Epoch epoch) {
    return !epoch.isAfter(abandoned);
  }

  /** From now on nothing is confirmed under this epoch, whatever answers are still under way. */
  void abandon(Epoch epoch) {
    abandoned = epoch.isAfter(abandoned) ? epoch : abandoned;
    right.forget();
  }

  /** Forgets a right that somebody else's grant ended. */
  void notice(Lease lease) {
    if (right.held().filter(held -> lease.epoch().isAfter(held.epoch())).isPresent()) {
      right.forget();
    }
  }

  /** The next renewal is not to wait for its time: there is news in it. */
  void renewSoon() {
    lastRenewal = null;
  }

  void renewIfDue(FailoverPolicy policy, Epoch epoch, @Nullable PositionSample position) {
    if (renewing >= RENEWALS_IN_FLIGHT_MAX || !around.due(lastRenewal, policy.renewInterval())) {
      return;
    }
    // Read before asking: the right counts from here.
    MonotonicInstant asked = around.clock().now();
    Instant at = around.wallClock().instant();
    lastRenewal = asked;
    renewing++;
    around
        .agreement()
        .propose(new RenewLease(application, around.region(), epoch, position, at, around.member()))
        .whenComplete(
            (outcome, failure) -> {
              renewing--;
              if (outcome instanceof Accepted(Lease lease, long generation)
                  && lease.isHeldBy(around.region(), epoch)
                  && !abandoned(epoch)) {
                right.renewed(
                    HeldLease.renewed(lease, asked, around.settings().drift()), position != null);
                around.narrator().renewed(application, around.clock().now().since(asked));
                onRenewed.run();
              }
            });
  }

  void takeIfDue(FailoverPolicy policy, Lease ended, PositionSample position) {
    if (taking || !around.due(lastTake, policy.renewInterval())) {
      return;
    }
    taking = true;
    MonotonicInstant asked = around.clock().now();
    lastTake = asked;
    around
        .agreement()
        .propose(
            new TakeLease(
                application,
                around.region(),
                position,
                ended.revision(),
                around.wallClock().instant(),
                around.member()))
        .whenComplete(
            (outcome, failure) -> {
              taking = false;
              if (outcome instanceof Accepted(Lease granted, long generation)
                  && granted.isHeldBy(around.region(), granted.epoch())
                  && !abandoned(granted.epoch())) {
                // A grant we asked for ourselves counts from before we asked, like a renewal.
                right.renewed(HeldLease.renewed(granted, asked, around.settings().drift()), true);
                around
                    .narrator()
                    .info(
                        "Took the lease",
                        Map.of(
                            "application", application.value(),
                            "region", around.region().value(),
                            "epoch", granted.epoch().toString()));
                renewSoon();
                onRenewed.run();
              }
            });
  }

  /** Whether the quorum has been asked for a release and has not answered yet. */
  boolean releasing() {
    return releasing;
  }

  /**
   * Gives the lease up.
   *
   * @param position where the database ended; absent if it does not answer
   */
  CompletionStage<Void> release(Epoch epoch, String reason, @Nullable PositionSample position) {
    abandon(epoch);
    if (releasing) {
      return CompletableFuture.failedFuture(
          new FarshoreException(FailoverErrors.LEASE_NOT_AVAILABLE, "Already being released"));
    }
    releasing = true;
    return around
        .agreement()
        .propose(
            new ReleaseLease(
                application,
                around.region(),
                epoch,
                reason,
                position,
                around.wallClock().instant(),
                around.member()))
        .whenComplete((outcome, failure) -> releasing = false)
        .thenAccept(
            outcome -> {
              if (outcome instanceof Refused(var code, var context)) {
                throw new FarshoreException(code, "The lease was not released", context);
              }
              around
                  .narrator()
                  .info(
                      "Gave the lease up",
                      Map.of(
                          "application", application.value(),
                          "region", around.region().value(),
                          "epoch", epoch.toString(),
                          "reason", reason));
            });
  }
}
