package io.farshore.backup.restore;

import org.jspecify.annotations.Nullable;

/** Told what becomes of restores. */
public interface RestoreOrderListener {
  /**
   * Nothing has been read or written yet. What it throws fails the restore: no database is
   * decrypted unless that was told.
   *
   * @param order running
   */
  void started(RestoreOrder order);

  /**
   * @param order in its last state
   * @param manifestDigest of what was restored, if it was found
   * @param damages that another copy had to stand in for
   * @param cause of a failure
   */
  void ended(
      RestoreOrder order, @Nullable String manifestDigest, long damages, @Nullable Throwable cause);
}
