package io.farshore.replication.lag;

import io.farshore.kernel.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the log went at which moment, remembered while replicas may still be behind it. When full
 * it forgets every second entry of its older half: answers about long ago become coarser, and never
 * too young. Not for use by several threads.
 */
final class PositionTrail {
  /** An hour at one entry a second, half of it in full. */
  static final int ENTRIES_MAX = 3_600;

  private record Entry(Observation.Moment at, Lsn end) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Moments must be given in order. A position that went back means another history: it starts
   * anew.
   */
  void add(Observation.Moment at, Lsn end) {
    if (!entries.isEmpty() && entries.getLast().end().isAfter(end)) {
      entries.clear();
    }
    entries.add(new Entry(at, end));
    if (entries.size() > ENTRIES_MAX) {
      thin();
    }
  }

  /** The latest moment whose whole log lies before {@code reached}. */
  Optional<Observation.Moment> latestWithin(Lsn reached) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (!entries.get(i).end().isAfter(reached)) {
        return Optional.of(entries.get(i).at());
      }
    }
    return Optional.empty();
  }

  int size() {
    return entries.size();
  }

  private void thin() {
    List<Entry> kept = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (i >= entries.size() / 2 || i % 2 == 0) {
        kept.add(entries.get(i));
      }
    }
    entries.clear();
    entries.addAll(kept);
  }
}
