package io.farshore.simulation.lease;

import io.farshore.quorum.lease.ClockDrift;

/**
 * Which rules the programs keep. All, in earnest; the broken ones exist to show that the simulation
 * notices.
 *
 * @param drift bound the rules allow for
 * @param compareAndSet whether a grant names the revision that was seen to end
 * @param countFromAsk whether the holder counts from before it asked, not from the answer
 * @param waitForTheEnd whether a grant waits until the lease has surely ended
 */
public record LeaseRules(
    ClockDrift drift, boolean compareAndSet, boolean countFromAsk, boolean waitForTheEnd) {
  public static final LeaseRules SOUND = new LeaseRules(ClockDrift.DEFAULT, true, true, true);

  public LeaseRules withoutCompareAndSet() {
    return new LeaseRules(drift, false, countFromAsk, waitForTheEnd);
  }

  public LeaseRules countingFromTheAnswer() {
    return new LeaseRules(drift, compareAndSet, false, waitForTheEnd);
  }

  public LeaseRules notWaiting() {
    return new LeaseRules(drift, compareAndSet, countFromAsk, false);
  }
}
