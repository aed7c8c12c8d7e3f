package io.farshore.backup.restore;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.Journaled;
import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.RecoveryPointId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One restore.
 *
 * @param id a UUID
 * @param recoveryPoint which
 * @param copy to read from first; empty: any
 * @param directory where to
 * @param target where replay is to stop; empty: at the end of the recovery point's log
 * @param origin who asked
 * @param startedAt when
 * @param state where it stands
 * @param untold what nobody was told of it yet
 */
public record RestoreOrder(
    String id,
    RecoveryPointId recoveryPoint,
    Optional<String> copy,
    Path directory,
    Optional<Lsn> target,
    Origin origin,
    Instant startedAt,
    RestoreState state,
    List<BackupEvent> untold)
    implements Journaled<RestoreOrder> {
  public RestoreOrder {
    untold = List.copyOf(untold);
  }

  @Override
  public String key() {
    return id;
  }

  /** Moves on; {@code events} tell of it. */
  public RestoreOrder with(RestoreState next, List<BackupEvent> events) {
    return new RestoreOrder(
        id, recoveryPoint, copy, directory, target, origin, startedAt, next, events);
  }

  @Override
  public RestoreOrder withUntold(List<BackupEvent> rest) {
    return with(state, rest);
  }
}
