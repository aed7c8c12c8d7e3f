package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.RelativePath;
import io.farshore.vault.manifest.StoredDirectory;
import io.farshore.vault.manifest.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a recovery point's files into a staged directory, chunks in parallel. */
final class DirectoryRestore implements AutoCloseable {
  private final Path root;
  private final ChunkSource source;
  private final ChunkReaders readers;
  private final RestoreListener listener;
  private final AtomicLong restoredBytes = new AtomicLong();
  private final Set<Path> directories = new HashSet<>();
  private final Set<FileChannel> open = ConcurrentHashMap.newKeySet();

  DirectoryRestore(Path root, ChunkSource source, ChunkReaders readers, RestoreListener listener) {
    this.root = root;
    this.source = source;
    this.readers = readers;
    this.listener = listener;
  }

  /**
   * Writes everything and forces it to disk.
   *
   * @param walFolder where the log goes, relative
   * @return bytes written
   */
  long run(BackupManifest.Contents contents, String walFolder) {
    try {
      for (StoredDirectory directory : contents.directories()) {
        directory(inside(directory.path()), directory.mode());
      }
      for (StoredFile file : contents.files()) {
        write(file, inside(file.path()));
      }
      directory(inside(walFolder), 0700);
      for (StoredFile segment : contents.wal()) {
        write(segment, inside(walFolder + "/" + segment.path()));
      }
      readers.finish();
      for (Path directory : directories) {
        StagedDirectory.force(directory);
      }
      return restoredBytes.get();
    } catch (IOException e) {
      throw StagedDirectory.failure(root, e);
    }
  }

  /** Closes what a failure left open; call when no reader is at work any more. */
  @Override
  public void close() {
    for (FileChannel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        throw StagedDirectory.failure(root, e);
      }
    }
  }

  /** Manifests are checked when they are read; this is the second lock on the same door. */
  private Path inside(String relative) {
    Path path = root.resolve(RelativePath.require(relative)).normalize();
    if (!path.startsWith(root) || path.equals(root)) {
      throw new FarshoreException(
          VaultErrors.PATH_REFUSED, "Path leaves the directory", Map.of("path", relative));
    }
    return path;
  }

  private void directory(Path path, int mode) throws IOException {
    Files.createDirectories(path, PosixFilePermissions.asFileAttribute(permissions(0700)));
    Files.setPosixFilePermissions(path, permissions(mode));
    directories.add(path);
  }

  private void write(StoredFile stored, Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !parent.equals(root) && directories.add(parent)) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(permissions(0700)));
    }
    // New, so that no file that is there already, nor a link, is ever written through.
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(permissions(stored.mode())));
    open.add(channel);
    OpenFile file = new OpenFile(stored, path, channel);
    long offset = 0;
    for (ChunkId chunk : stored.chunks()) {
      long at = offset;
      readers.submit(reader -> file.write(reader.read(chunk), at));
      offset += source.rawBytes(chunk);
    }
    if (offset != stored.bytes()) {
      throw new FarshoreException(
          VaultErrors.DAMAGED,
          "The chunks of a file do not add up to its length",
          Map.of("path", stored.path()));
    }
    file.release();
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((mode & (0400 >> i)) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** A file some of whose chunks are on their way; closed by whoever writes the last one. */
  private final class OpenFile {
    private final StoredFile stored;
    private final Path path;
    private final FileChannel channel;
    private final AtomicInteger users;

    OpenFile(StoredFile stored, Path path, FileChannel channel) {
      this.stored = stored;
      this.path = path;
      this.channel = channel;
      this.users = new AtomicInteger(stored.chunks().size() + 1);
    }

    void write(byte[] content, long offset) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer, offset + buffer.position());
        }
      } catch (IOException e) {
        throw StagedDirectory.failure(path, e);
      }
      restoredBytes.addAndGet(content.length);
      listener.restored(content.length);
      release();
    }

    void release() {
      if (users.decrementAndGet() > 0) {
        return;
      }
      try (channel) {
        open.remove(channel);
        Files.setLastModifiedTime(path, FileTime.fromMillis(stored.modifiedAtMillis()));
        channel.force(true);
      } catch (IOException e) {
        throw StagedDirectory.failure(path, e);
      }
    }
  }
}
