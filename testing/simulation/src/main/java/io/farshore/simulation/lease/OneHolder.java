package io.farshore.simulation.lease;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.simulation.Invariant;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.SimulatedMember;
import io.farshore.simulation.SimulatedWorld;
import java.util.HashMap;
import java.util.Map;

/**
 * At most one region may write at any true time, each epoch belongs to one region only, and an
 * epoch that was held is never followed by an older one.
 */
public final class OneHolder implements Invariant {
  private final Map<Epoch, RegionId> holders = new HashMap<>();
  private Epoch newest = Epoch.NONE;

  @Override
  public void check(SimulatedWorld world) {
    RegionId writer = null;
    for (SimulatedMember member : world.members()) {
      LeaseProgram program = (LeaseProgram) member.program().orElse(null);
      if (program == null || !program.mayWriteNow()) {
        continue;
      }
      HeldLease held = program.held().orElseThrow();
      if (writer != null) {
        throw new InvariantBrokenException(
            "two regions may write at once: " + writer + " and " + held.holder());
      }
      writer = held.holder();
      RegionId known = holders.putIfAbsent(held.epoch(), held.holder());
      if (known != null && !known.equals(held.holder())) {
        throw new InvariantBrokenException("two regions wrote under epoch " + held.epoch());
      }
      if (newest.isAfter(held.epoch())) {
        throw new InvariantBrokenException("a region writes under an epoch already superseded");
      }
      newest = held.epoch();
    }
  }

  /** Epochs under which somebody could write. */
  public int epochsHeld() {
    return holders.size();
  }
}
