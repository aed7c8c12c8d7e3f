package io.farshore.backup.event;

import io.farshore.kernel.FarshoreException;

/** Tells others what became of runs and restores. Thread-safe. */
public interface EventTeller {
  /**
   * When it returns, the event is safe and will reach others, also after a crash.
   *
   * @throws FarshoreException if it cannot be told now; then it was not told, and may be later
   */
  void tell(BackupEvent event);
}
