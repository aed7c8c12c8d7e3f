package io.farshore.backup.run;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.Journaled;
import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.time.Instant;
import java.util.List;

/**
 * One act of backing up.
 *
 * @param id a UUID, which is also the name of the recovery point it makes: so what a run that was
 *     cut short has left can be recognised
 * @param application whose data
 * @param component which of its databases
 * @param origin who asked
 * @param startedAt when
 * @param state where it stands
 * @param untold what nobody was told of it yet
 */
public record Run(
    RecoveryPointId id,
    ApplicationId application,
    String component,
    Origin origin,
    Instant startedAt,
    RunState state,
    List<BackupEvent> untold)
    implements Journaled<Run> {
  public Run {
    untold = List.copyOf(untold);
  }

  @Override
  public String key() {
    return id.value();
  }

  /** Moves on; {@code events} tell of it. */
  public Run with(RunState next, List<BackupEvent> events) {
    return new Run(id, application, component, origin, startedAt, next, events);
  }

  @Override
  public Run withUntold(List<BackupEvent> rest) {
    return with(state, rest);
  }

  public boolean of(DatabaseComponent database) {
    return application.equals(database.application()) && component.equals(database.component());
  }
}
