package io.farshore.backup.journal;

import io.farshore.backup.event.BackupEvent;
import java.util.List;

/**
 * A run or a restore as the journal has it: where it stands, and what is still to be told of that.
 *
 * @param <R> itself
 */
public interface Journaled<R extends Journaled<R>> {
  /** A UUID; time-ordered, so that keys sort by age. */
  String key();

  /** What nobody was told yet, the first first. */
  List<BackupEvent> untold();

  R withUntold(List<BackupEvent> rest);
}
