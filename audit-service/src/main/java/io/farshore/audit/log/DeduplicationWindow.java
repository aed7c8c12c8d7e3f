package io.farshore.audit.log;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids of the newest events in the log. An event that comes again later than this many others is
 * logged again: a broker redelivers what was not settled, and an outbox what was not confirmed, and
 * both are bounded far below it. Not thread-safe.
 */
final class DeduplicationWindow {
  /** About 12 MB of ids, and six minutes of the greatest load the design expects. */
  static final int IDS_MAX = 65_536;

  private final Set<String> ids = new LinkedHashSet<>();

  boolean contains(String id) {
    return ids.contains(id);
  }

  void add(String id) {
    ids.add(id);
    if (ids.size() > IDS_MAX) {
      ids.remove(ids.iterator().next());
    }
  }
}
