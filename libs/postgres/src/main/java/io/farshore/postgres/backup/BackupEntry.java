package io.farshore.postgres.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file, directory or link of a base backup.
 *
 * @param tablespace in which it lies; absent for the data directory
 * @param name path relative to the data directory or the tablespace, with {@code /}, no leading one
 * @param kind what it is
 * @param mode permission bits
 * @param size bytes of content; 0 unless a file
 * @param modifiedAt by the server's clock, whole seconds
 * @param linkTarget of a symbolic link
 */
public record BackupEntry(
    @Nullable Tablespace tablespace,
    String name,
    Kind kind,
    int mode,
    long size,
    Instant modifiedAt,
    @Nullable String linkTarget) {

  /** What PostgreSQL puts into a backup. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK
  }
}
