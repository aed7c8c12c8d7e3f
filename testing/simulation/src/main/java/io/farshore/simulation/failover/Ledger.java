package io.farshore.simulation.failover;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import io.farshore.simulation.InvariantBrokenException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the clients know: which of their commits were acknowledged, where, when, under what. */
final class Ledger {
  private final List<Ack> acks = new ArrayList<>();
  private final Map<Epoch, RegionId> writers = new HashMap<>();
  private Epoch newest = Epoch.NONE;
  private @Nullable InvariantBrokenException broken;

  /**
   * @param nanos true time
   */
  record Ack(Commit commit, RegionId region, Epoch epoch, long nanos) {}

  /** A client gets its answer. */
  void acknowledge(Commit commit, RegionId region, Epoch epoch, long nanos) {
    if (newest.isAfter(epoch)) {
      fail("a write was accepted in " + region + " under epoch " + epoch + " after " + newest);
    }
    newest = epoch;
    RegionId known = writers.putIfAbsent(epoch, region);
    if (known != null && !known.equals(region)) {
      fail("two regions wrote under epoch " + epoch);
    }
    acks.add(new Ack(commit, region, epoch, nanos));
  }

  List<Ack> acks() {
    return acks;
  }

  /** Epochs under which somebody wrote. */
  int epochs() {
    return writers.size();
  }

  void check() {
    if (broken != null) {
      throw broken;
    }
  }

  private void fail(String what) {
    broken = broken == null ? new InvariantBrokenException(what) : broken;
  }
}
