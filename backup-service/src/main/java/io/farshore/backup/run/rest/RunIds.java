package io.farshore.backup.run.rest;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.manifest.RecoveryPointId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names of runs and recovery points as requests give them. */
public final class RunIds {
  private RunIds() {}

  /** Empty if no run or recovery point can have that name. */
  public static Optional<RecoveryPointId> parse(String text) {
    try {
      return Optional.of(new RecoveryPointId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A {@code continue} token: the name of the last item of the page before. */
  public static Optional<RecoveryPointId> token(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<RecoveryPointId> id = parse(text);
    if (id.isEmpty()) {
      throw new FarshoreException(
          BackupErrors.VALUE_INVALID,
          "The continue token is not one of ours",
          Map.of("parameter", "continue"));
    }
    return id;
  }
}
