package io.farshore.backup.restore;

import org.jspecify.annotations.Nullable;

/** Watches restores in this process: each is shown once, whoever is told of it and when. */
public interface RestoreOrderListener {
  /**
   * Nothing has been read or written yet.
   *
   * @param order running
   */
  void started(RestoreOrder order);

  /**
   * @param order in its last state, which is journaled
   * @param damages that another copy had to stand in for
   * @param cause of a failure
   */
  void ended(RestoreOrder order, long damages, @Nullable Throwable cause);
}
