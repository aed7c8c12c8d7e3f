package io.farshore.backup.point.store;

import io.farshore.contracts.backup.BackupRun;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.vault.manifest.RecoveryPointId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Runs that the journal on disk no longer has. While the index is away there are none: what the
 * journal has is shown without it.
 */
@Singleton
public class IndexHistory {
  private static final KeyedLog LOG = KeyedLog.of(IndexHistory.class);

  private final IndexConnection connection;

  @Inject
  IndexHistory(IndexConnection connection) {
    this.connection = connection;
  }

  public Optional<BackupRun> run(RecoveryPointId id) {
    try {
      return connection.ready() ? connection.index().run(id.value()) : Optional.empty();
    } catch (SQLException e) {
      away(e);
      return Optional.empty();
    }
  }

  /** Runs older than {@code before}, the newest first. */
  public List<BackupRun> runsBefore(Optional<RecoveryPointId> before, int max) {
    try {
      return connection.ready()
          ? connection.index().runsBefore(before.map(RecoveryPointId::value).orElse(null), max)
          : List.of();
    } catch (SQLException e) {
      away(e);
      return List.of();
    }
  }

  private void away(SQLException e) {
    connection.lost();
    LOG.with("error", e.getMessage())
        .warn("The index cannot be read; runs are shown from the journal only");
  }
}
