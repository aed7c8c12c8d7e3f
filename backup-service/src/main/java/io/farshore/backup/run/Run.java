package io.farshore.backup.run;

import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.time.Instant;
import java.util.Optional;

/**
 * One act of backing up.
 *
 * @param id a UUID, which is also the name of the recovery point it makes: so what a run that was
 *     cut short has left can be recognised
 * @param application whose data
 * @param component which of its databases
 * @param actor who asked; empty in what was journaled before that was recorded
 * @param startedAt when
 * @param state where it stands
 */
public record Run(
    RecoveryPointId id,
    ApplicationId application,
    String component,
    Optional<String> actor,
    Instant startedAt,
    RunState state) {
  public Run with(RunState next) {
    return new Run(id, application, component, actor, startedAt, next);
  }

  public boolean of(DatabaseComponent database) {
    return application.equals(database.application()) && component.equals(database.component());
  }
}
