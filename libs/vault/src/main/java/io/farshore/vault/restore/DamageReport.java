package io.farshore.vault.restore;

import java.util.ArrayList;
import java.util.List;

/** Collects what was found damaged. Thread-safe. */
final class DamageReport {
  /** Enough to see a pattern; the count goes on. */
  static final int DAMAGES_LISTED_MAX = 1_000;

  private final List<Damage> listed = new ArrayList<>();
  private long count;

  synchronized void add(Damage damage) {
    count++;
    if (listed.size() < DAMAGES_LISTED_MAX) {
      listed.add(damage);
    }
  }

  synchronized List<Damage> listed() {
    return List.copyOf(listed);
  }

  synchronized long count() {
    return count;
  }
}
