package io.farshore.backup.restore;

import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.RecoveryPointId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One restore.
 *
 * @param id a UUID
 * @param recoveryPoint which
 * @param copy to read from first; empty: any
 * @param directory where to
 * @param target where replay is to stop; empty: at the end of the recovery point's log
 * @param actor who asked; empty in what was journaled before that was recorded
 * @param startedAt when
 * @param state where it stands
 */
public record RestoreOrder(
    String id,
    RecoveryPointId recoveryPoint,
    Optional<String> copy,
    Path directory,
    Optional<Lsn> target,
    Optional<String> actor,
    Instant startedAt,
    RestoreState state) {
  public RestoreOrder with(RestoreState next) {
    return new RestoreOrder(id, recoveryPoint, copy, directory, target, actor, startedAt, next);
  }
}
