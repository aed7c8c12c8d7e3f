package io.farshore.tlog.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects findings; keeps the first ones and counts the rest. Not thread-safe. */
final class Findings {
  private final List<Finding> kept = new ArrayList<>();
  private long total;

  void add(String file, @Nullable Long index, String problem) {
    total++;
    if (kept.size() < LogVerification.FINDINGS_MAX) {
      kept.add(new Finding(file, index, problem));
    }
  }

  List<Finding> kept() {
    return kept;
  }

  long total() {
    return total;
  }
}
