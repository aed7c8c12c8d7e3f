package io.farshore.postgres.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.ReplicationCommands;
import io.farshore.postgres.ReplicationConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A base backup being streamed from a server: archive after archive, nothing kept in memory but one
 * protocol message. Not for use by several threads.
 */
public final class BaseBackup implements AutoCloseable {
  /** A spread checkpoint may take as long as {@code checkpoint_timeout}, plus its write-out. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private final ReplicationConnection connection;
  private final BaseBackupStart start;
  private final BackupCopyStream copy;
  private @Nullable BaseBackupResult result;

  private BaseBackup(ReplicationConnection connection, BaseBackupStart start) {
    this.connection = connection;
    this.start = start;
    this.copy = new BackupCopyStream(connection, start.tablespaces());
  }

  /**
   * Asks the server for a backup and waits until it starts (its checkpoint is done).
   *
   * @param server with a role that has REPLICATION
   * @throws FarshoreException one of {@link PostgresErrors}; so do all methods here
   */
  public static BaseBackup start(PostgresEndpoint server, BaseBackupOptions options) {
    ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL);
    try {
      String system = ReplicationCommands.identifySystem(connection).systemIdentifier();
      connection.begin(command(options));
      return new BaseBackup(connection, readStart(connection, system));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Takes a whole backup file by file.
   *
   * @throws FarshoreException also {@link PostgresErrors#SINK_FAILED} if the sink throws
   */
  public static BaseBackupResult copy(
      PostgresEndpoint server, BaseBackupOptions options, BackupSink sink) {
    try (BaseBackup backup = start(server, options)) {
      sink.begin(backup.started());
      for (var archive = backup.nextArchive();
          archive.isPresent();
          archive = backup.nextArchive()) {
        pour(archive.get(), sink);
      }
      return backup.finish();
    } catch (IOException e) {
      throw new FarshoreException(
          PostgresErrors.SINK_FAILED,
          "base backup could not be stored",
          Map.of("server", server.toString(), "reason", String.valueOf(e.getMessage())),
          e);
    }
  }

  /** What the server said before the first byte. */
  public BaseBackupStart started() {
    return start;
  }

  /** The next archive, the manifest last; what was left unread of the one before is skipped. */
  public Optional<BackupArchive> nextArchive() {
    return copy.nextArchive();
  }

  /** Bytes of all archives received until now. */
  public long bytesReceived() {
    return copy.bytes();
  }

  /** Skips what is left and answers the positions; only then is the backup complete. */
  public BaseBackupResult finish() {
    BaseBackupResult done = result;
    if (done == null) {
      while (copy.nextArchive().isPresent()) {
        // skipped
      }
      ReplicationPosition stop = position(connection.expectRows());
      while (connection.receive().type() != 'Z') {
        // CommandComplete of the whole
      }
      done = new BaseBackupResult(start.systemIdentifier(), start.position(), stop, copy.bytes());
      result = done;
    }
    return done;
  }

  /** Ends the connection; a backup that was not finished is given up. */
  @Override
  public void close() {
    connection.close();
  }

  private static void pour(BackupArchive archive, BackupSink sink) throws IOException {
    if (archive.manifest()) {
      sink.manifest(archive.content());
      return;
    }
    BackupTarReader tar = new BackupTarReader(archive.content(), archive.tablespace());
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      sink.entry(entry.get(), tar.content());
    }
  }

  private static String command(BaseBackupOptions options) {
    List<String> parts = new ArrayList<>();
    parts.add("LABEL " + ReplicationCommands.literal(options.label()));
    parts.add("PROGRESS");
    parts.add("CHECKPOINT " + (options.fastCheckpoint() ? "'fast'" : "'spread'"));
    parts.add("WAL " + options.includeWal());
    // Without the archiver's consent: whoever asks for no log keeps the log stream itself.
    parts.add("WAIT false");
    parts.add("MANIFEST " + (options.manifest() ? "'yes'" : "'no'"));
    if (options.manifest()) {
      parts.add("MANIFEST_CHECKSUMS 'SHA256'");
    }
    // No TABLESPACE_MAP: tablespaces then show as links, which a restore may point elsewhere.
    options.maxRateKiBPerSecond().ifPresent(rate -> parts.add("MAX_RATE " + rate));
    return "BASE_BACKUP (" + String.join(", ", parts) + ")";
  }

  /** Two result sets (start position; tablespaces), then the copy begins. */
  private static BaseBackupStart readStart(ReplicationConnection connection, String system) {
    if (connection.awaitMessage(START_TIMEOUT)) {
      ReplicationPosition position = position(connection.expectRows());
      List<Tablespace> tablespaces = new ArrayList<>();
      long kib = 0;
      boolean sized = true;
      for (List<@Nullable String> row : connection.expectRows()) {
        String oid = row.get(0);
        String size = row.get(2);
        sized &= size != null;
        kib += size == null ? 0 : Long.parseLong(size);
        if (oid != null) {
          tablespaces.add(
              new Tablespace(Long.parseLong(oid), ReplicationCommands.required(row, 1)));
        }
      }
      connection.expect('H');
      OptionalLong estimate = sized ? OptionalLong.of(kib << 10) : OptionalLong.empty();
      return new BaseBackupStart(system, position, tablespaces, estimate);
    }
    throw new FarshoreException(
        PostgresErrors.UNREACHABLE, "PostgreSQL did not begin the base backup in time");
  }

  private static ReplicationPosition position(List<List<@Nullable String>> rows) {
    List<@Nullable String> row = rows.getFirst();
    return ReplicationCommands.position(
        ReplicationCommands.required(row, 1), ReplicationCommands.required(row, 0));
  }
}
