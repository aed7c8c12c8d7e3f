package io.farshore.backup.run;

import io.farshore.vault.manifest.RecoveryPointId;
import java.time.Instant;

/** Where a backup run stands. */
public sealed interface RunState {
  /** Under way in this process. */
  record Running() implements RunState {
    /** Every required copy is complete. */
    public Completed toCompleted(Instant at, RecoveryPointId recoveryPoint, long sourceBytes) {
      return new Completed(at, recoveryPoint, sourceBytes);
    }

    /** It ended without that. */
    public Failed toFailed(Instant at, String code, String error, long sourceBytes) {
      return new Failed(at, code, error, sourceBytes);
    }
  }

  /**
   * @param at when
   * @param recoveryPoint what it made
   * @param sourceBytes read from the source
   */
  record Completed(Instant at, RecoveryPointId recoveryPoint, long sourceBytes)
      implements RunState {}

  /**
   * @param at when
   * @param code of the error
   * @param error for a person
   * @param sourceBytes read from the source until then
   */
  record Failed(Instant at, String code, String error, long sourceBytes) implements RunState {}
}
