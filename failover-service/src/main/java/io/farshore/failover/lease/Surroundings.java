package io.farshore.failover.lease;

import io.farshore.failover.member.Agreement;
import io.farshore.failover.member.Loops;
import io.farshore.failover.member.Narrator;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every guard of a member shares.
 *
 * @param region the guards' region
 * @param member the member they belong to
 * @param agreement what the quorum agrees on
 * @param leases every lease by this member's clock
 * @param epochs durable memory of what was acted under
 * @param others what guards of all regions said lately
 * @param settings how guards work
 * @param loop the member's loop; everything happens on it
 */
public record Surroundings(
    RegionId region,
    MemberId member,
    Agreement agreement,
    LeaseWatch leases,
    EpochMemory epochs,
    Supplier<Collection<DatabaseReport>> others,
    GuardSettings settings,
    Clock wallClock,
    MonotonicClock clock,
    Scheduler loop,
    Narrator narrator) {

  <T> CompletionStage<T> onLoop(CompletionStage<T> stage) {
    return Loops.hop(stage, loop);
  }

  /** Whether something done last at {@code last} is due again. */
  boolean due(@Nullable MonotonicInstant last, Duration interval) {
    return last == null || clock.now().since(last).compareTo(interval) >= 0;
  }
}
