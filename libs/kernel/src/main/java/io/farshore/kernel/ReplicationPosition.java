package io.farshore.kernel;

/**
 * A place in a database's history: which branch, and how far along it.
 *
 * @param timeline the branch
 * @param lsn the position on it
 */
public record ReplicationPosition(Timeline timeline, Lsn lsn) {
  /** Whether the two lie on one timeline, so that their positions may be compared. */
  public boolean comparableWith(ReplicationPosition other) {
    return timeline.equals(other.timeline);
  }
}
