package io.farshore.failover.evidence;

import java.util.Locale;

/** What the observers together make of a region. */
public enum RegionVerdict {
  /** A majority reaches everything. */
  UP,
  /** Something is wrong, but no majority says that the region is lost. */
  SUSPECT,
  /** A majority, one of them outside the region, reaches neither its guard nor its database. */
  DOWN,
  /** Too few observers were heard. */
  UNKNOWN;

  /** The worse, the higher: for metrics and for finding the worst of several. */
  public int gauge() {
    return switch (this) {
      case UP -> 0;
      case UNKNOWN -> 1;
      case SUSPECT -> 2;
      case DOWN -> 3;
    };
  }

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
