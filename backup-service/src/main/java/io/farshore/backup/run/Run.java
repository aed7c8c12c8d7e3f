package io.farshore.backup.run;

import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.time.Instant;

/**
 * One act of backing up.
 *
 * @param id a UUID, which is also the name of the recovery point it makes: so what a run that was
 *     cut short has left can be recognised
 * @param application whose data
 * @param component which of its databases
 * @param startedAt when
 * @param state where it stands
 */
public record Run(
    RecoveryPointId id,
    ApplicationId application,
    String component,
    Instant startedAt,
    RunState state) {
  public Run with(RunState next) {
    return new Run(id, application, component, startedAt, next);
  }

  public boolean of(DatabaseComponent database) {
    return application.equals(database.application()) && component.equals(database.component());
  }
}
