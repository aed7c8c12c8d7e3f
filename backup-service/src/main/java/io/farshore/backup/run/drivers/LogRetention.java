package io.farshore.backup.run.drivers;

import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.ReplicationConnection;
import io.farshore.vault.manifest.RecoveryPointId;

/**
 * Keeps the server's log from now on, as long as it is open: a temporary slot, which the server
 * drops with the connection, whatever ends that.
 */
final class LogRetention implements AutoCloseable {
  private final ReplicationConnection connection;

  private LogRetention(ReplicationConnection connection) {
    this.connection = connection;
  }

  static LogRetention begin(PostgresEndpoint server, RecoveryPointId id) {
    ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL);
    try {
      String slot = "farshore_backup_" + id.value().replace("-", "").substring(16);
      connection.query("CREATE_REPLICATION_SLOT \"" + slot + "\" TEMPORARY PHYSICAL (RESERVE_WAL)");
      return new LogRetention(connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
