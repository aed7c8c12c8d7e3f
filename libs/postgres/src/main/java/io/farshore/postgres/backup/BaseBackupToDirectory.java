package io.farshore.postgres.backup;

import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.wal.PhysicalSlots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a base backup as a data directory that a server can be started on. The files are not
 * synced here: the server syncs the whole directory before it recovers from a backup.
 */
public final class BaseBackupToDirectory {
  private BaseBackupToDirectory() {}

  /**
   * Copies the cluster with the log that makes it consistent. Tablespaces go beside the directory,
   * into {@code <directory>-tablespaces/<oid>}.
   *
   * @param server whose; a role with REPLICATION
   * @param directory absent or empty; on failure its content is left for inspection
   * @throws io.farshore.kernel.FarshoreException one of {@link io.farshore.postgres.PostgresErrors}
   */
  public static BaseBackupResult write(PostgresEndpoint server, Path directory) {
    return BaseBackup.copy(
        server,
        BaseBackupOptions.labelled("farshore copy").withWal(),
        new DirectorySink(directory.toAbsolutePath()));
  }

  /**
   * Copies the cluster and makes the copy a standby: {@code standby.signal}, {@code
   * primary_conninfo}, {@code primary_slot_name}.
   *
   * @param server where to copy from
   * @param directory as for {@link #write}
   */
  public static BaseBackupResult standby(
      PostgresEndpoint server, Path directory, StandbyOptions options) {
    String slot = options.slot();
    if (slot != null) {
      PhysicalSlots.create(server, slot); // first, so that no log after the copy's start is lost
    }
    BaseBackupResult result = write(server, directory);
    try {
      followPrimary(directory, options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the standby's configuration", e);
    }
    return result;
  }

  /**
   * Makes the server on a stopped data directory follow a primary from its next start. The last
   * setting of a name in the file wins, so what was there may stay.
   */
  public static void followPrimary(Path directory, StandbyOptions options) throws IOException {
    StringBuilder lines = new StringBuilder();
    lines.append("primary_conninfo = ").append(quoted(options.primary().toConninfo())).append('\n');
    String slot = options.slot();
    lines.append("primary_slot_name = ").append(quoted(slot == null ? "" : slot)).append('\n');
    Files.writeString(
        directory.resolve("postgresql.auto.conf"),
        lines,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.write(directory.resolve("standby.signal"), new byte[0]);
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
