package io.farshore.backup.restore;

import java.time.Instant;
import java.util.List;

/** Where a restore stands. */
public sealed interface RestoreState {
  /** Under way in this process. */
  record Running() implements RestoreState {
    public Completed toCompleted(Instant at, List<String> copies, long restoredBytes) {
      return new Completed(at, copies, restoredBytes);
    }

    public Failed toFailed(Instant at, String code, String error, long restoredBytes) {
      return new Failed(at, code, error, restoredBytes);
    }
  }

  /**
   * @param at when
   * @param copies that content was read from
   * @param restoredBytes written
   */
  record Completed(Instant at, List<String> copies, long restoredBytes) implements RestoreState {
    public Completed {
      copies = List.copyOf(copies);
    }
  }

  /**
   * @param at when
   * @param code of the error
   * @param error for a person
   * @param restoredBytes written until then, and removed again
   */
  record Failed(Instant at, String code, String error, long restoredBytes)
      implements RestoreState {}
}
