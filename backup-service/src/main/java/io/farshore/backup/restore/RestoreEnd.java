package io.farshore.backup.restore;

import org.jspecify.annotations.Nullable;

/** Told how restores end. */
public interface RestoreEnd {
  /**
   * @param order in its last state
   * @param manifestDigest of what was restored, if it was found
   * @param damages that another copy had to stand in for
   * @param cause of a failure
   */
  void ended(
      RestoreOrder order, @Nullable String manifestDigest, long damages, @Nullable Throwable cause);
}
