package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.DiskFull;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that appears under its name only when it is complete. It is filled beside its place,
 * as {@code .NAME.restoring}; what an interrupted attempt left there is removed by the next one. A
 * lock keeps two attempts apart.
 */
final class StagedDirectory implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private final Path lockFile;
  private final FileChannel lock;
  private boolean published;

  private StagedDirectory(Path target, Path staging, Path lockFile, FileChannel lock) {
    this.target = target;
    this.staging = staging;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * @throws FarshoreException {@link VaultErrors#TARGET_NOT_EMPTY} if there is something under the
   *     name, {@link VaultErrors#TARGET_UNUSABLE} if it cannot be written or another restore is
   *     filling it
   */
  static StagedDirectory open(Path directory) {
    Path target = directory.toAbsolutePath().normalize();
    Path parent = target.getParent();
    Path name = target.getFileName();
    if (parent == null || name == null) {
      throw refused(target);
    }
    try {
      requireAbsentOrEmpty(target);
      Files.createDirectories(parent);
      Path staging = parent.resolve("." + name + ".restoring");
      Path lockFile = parent.resolve("." + name + ".restoring.lock");
      FileChannel channel = lock(target, lockFile);
      StagedDirectory staged = new StagedDirectory(target, staging, lockFile, channel);
      try {
        deleteTree(staging);
        Files.createDirectory(
            staging,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException e) {
        staged.close();
        throw e;
      }
      return staged;
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Where to write. */
  Path path() {
    return staging;
  }

  /** Gives the directory its name. */
  void publish() {
    try {
      requireAbsentOrEmpty(target);
      force(staging);
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
      published = true;
      force(target.resolveSibling("."));
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      if (!published) {
        deleteTree(staging);
      }
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static FarshoreException failure(Path target, IOException e) {
    boolean full = DiskFull.causedBy(e);
    return new FarshoreException(
        full ? VaultErrors.TARGET_FULL : VaultErrors.TARGET_UNUSABLE,
        full ? "No space left to restore to" : "The directory to restore to cannot be written",
        Map.of(
            "directory",
            target.toString(),
            "cause",
            e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  private static FileChannel lock(Path target, Path lockFile) throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process.
      held = null;
    } finally {
      if (held == null) {
        channel.close();
      }
    }
    if (held == null) {
      throw new FarshoreException(
          VaultErrors.TARGET_UNUSABLE,
          "Another restore is filling the directory",
          Map.of("directory", target.toString()));
    }
    return channel;
  }

  private static void requireAbsentOrEmpty(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(target);
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw refused(target);
      }
    }
  }

  private static FarshoreException refused(Path target) {
    return new FarshoreException(
        VaultErrors.TARGET_NOT_EMPTY,
        "The directory to restore to must be absent or empty",
        Map.of("directory", target.toString()));
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
