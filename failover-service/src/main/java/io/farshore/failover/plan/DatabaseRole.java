package io.farshore.failover.plan;

import java.util.Locale;

/** What a region's database is, as its guard sees it. */
public enum DatabaseRole {
  PRIMARY,
  REPLICA,
  /** A primary that was told to stop writing. */
  FENCED,
  /** Not answering, or not asked yet. */
  UNKNOWN;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
