package io.farshore.backup.run.drivers;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.postgres.backup.BackupEntry;
import io.farshore.postgres.backup.BackupSink;
import io.farshore.postgres.backup.BaseBackupStart;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.restore.RecoveryPointReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands the files of a base backup to a session; begins to record the log when it starts. */
final class SessionSink implements BackupSink, AutoCloseable {
  /** What made the source a standby or a restored copy must not make the restored one something. */
  private static final Set<String> LEFT_OUT = Set.of("standby.signal", "recovery.signal");

  private static final String RESTORED_WAL = RecoveryPointReader.WAL_FOLDER;

  private final BackupSession session;
  private final Function<ReplicationPosition, WalRecorder> recorders;
  private final Clock clock;
  private final byte[] buffer = new byte[256 << 10];
  private @Nullable WalRecorder recorder;
  private @Nullable RecordingThread recording;

  SessionSink(
      BackupSession session, Function<ReplicationPosition, WalRecorder> recorders, Clock clock) {
    this.session = session;
    this.recorders = recorders;
    this.clock = clock;
  }

  WalRecorder recorder() {
    WalRecorder begun = recorder;
    if (begun == null) {
      throw new IllegalStateException("the backup has not begun");
    }
    return begun;
  }

  RecordingThread recording() {
    RecordingThread begun = recording;
    if (begun == null) {
      throw new IllegalStateException("the backup has not begun");
    }
    return begun;
  }

  @Override
  public void begin(BaseBackupStart start) {
    if (!start.tablespaces().isEmpty()) {
      throw tablespaces(start.tablespaces().getFirst().location());
    }
    WalRecorder begun = recorders.apply(start.position());
    recorder = begun;
    recording = RecordingThread.start(begun);
  }

  @Override
  public void entry(BackupEntry entry, InputStream content) throws IOException {
    recording().requireHealthy();
    String name = entry.name();
    if (name.isEmpty()
        || LEFT_OUT.contains(name)
        || name.equals(RESTORED_WAL)
        || name.startsWith(RESTORED_WAL + "/")) {
      return;
    }
    switch (entry.kind()) {
      case DIRECTORY -> session.directory(name, entry.mode());
      case FILE -> copy(name, entry.mode(), entry.modifiedAt(), content);
      case SYMBOLIC_LINK -> throw tablespaces(String.valueOf(entry.linkTarget()));
    }
  }

  @Override
  public void manifest(InputStream content) throws IOException {
    copy("backup_manifest", 0600, clock.instant(), content);
  }

  @Override
  public void close() {
    if (recording != null) {
      recording.close();
    }
  }

  private void copy(String name, int mode, Instant modifiedAt, InputStream content)
      throws IOException {
    try (OutputStream file = session.file(name, mode, modifiedAt)) {
      int length;
      while ((length = content.read(buffer, 0, buffer.length)) > 0) {
        file.write(buffer, 0, length);
      }
    }
  }

  private static FarshoreException tablespaces(String location) {
    return new FarshoreException(
        BackupErrors.TABLESPACES_UNSUPPORTED,
        "The database keeps data outside its data directory",
        Map.of("location", location));
  }
}
