package io.farshore.backup.restore;

import java.util.List;
import java.util.Optional;

/** Remembers restores across crashes. Thread-safe. */
public interface RestoreJournal {
  /** Durable when it returns. */
  void save(RestoreOrder order);

  Optional<RestoreOrder> load(String id);

  /** The newest first. */
  List<RestoreOrder> list();
}
