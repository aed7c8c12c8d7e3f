package io.farshore.postgres.backup;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes a base backup file by file, called from one thread in the order of the stream. What it
 * throws ends the backup.
 */
public interface BackupSink {
  /** Called first. */
  void begin(BaseBackupStart start) throws IOException;

  /** Content not read is skipped when the method returns; it is empty unless a file. */
  void entry(BackupEntry entry, InputStream content) throws IOException;

  /** The server's manifest, after all entries, if asked for. */
  void manifest(InputStream content) throws IOException;
}
