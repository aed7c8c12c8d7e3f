package io.farshore.postgres.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lays a base backup out as a data directory. */
final class DirectorySink implements BackupSink {
  private final Path directory;
  private final Path tablespaces;

  DirectorySink(Path directory) {
    this.directory = directory;
    this.tablespaces = directory.resolveSibling(directory.getFileName() + "-tablespaces");
  }

  @Override
  public void begin(BaseBackupStart start) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new DirectoryNotEmptyException(directory.toString());
      }
    }
    Files.setPosixFilePermissions(directory, permissions(0700));
    for (Tablespace tablespace : start.tablespaces()) {
      Files.createDirectories(root(tablespace));
    }
  }

  @Override
  public void entry(BackupEntry entry, InputStream content) throws IOException {
    Path path = root(entry.tablespace()).resolve(entry.name());
    switch (entry.kind()) {
      case DIRECTORY -> Files.createDirectories(path);
      case FILE -> Files.copy(content, path);
      case SYMBOLIC_LINK -> Files.createSymbolicLink(path, tablespaces.resolve(path.getFileName()));
    }
    if (entry.kind() != BackupEntry.Kind.SYMBOLIC_LINK) {
      Files.setPosixFilePermissions(path, permissions(entry.mode()));
    }
  }

  @Override
  public void manifest(InputStream content) throws IOException {
    Files.copy(content, directory.resolve("backup_manifest"));
  }

  /** PostgreSQL links {@code pg_tblspc/<oid>} to it; relative locations lie in the directory. */
  private Path root(@Nullable Tablespace tablespace) {
    if (tablespace == null) {
      return directory;
    }
    return tablespace.location().startsWith("/")
        ? tablespaces.resolve(Long.toString(tablespace.oid()))
        : directory.resolve(tablespace.location());
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    // Ordered as the bits are, from 0400 (owner may read) to 0001.
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        granted.add(all[i]);
      }
    }
    return granted;
  }
}
