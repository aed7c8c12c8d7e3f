package io.farshore.vault.copy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy in a directory of a local or mounted file system. Objects are written under {@code
 * incoming}, forced to disk, given their name, and the directories that name them forced to disk.
 *
 * <p>The writer lock is an advisory lock of the operating system on {@code writer.lock}: the end of
 * the process, however sudden, gives it up. On a network file system it is as good as that system's
 * locks.
 */
public final class DirectoryCopyStore implements CopyStore {
  private static final String INCOMING = "incoming";
  private static final String LOCK = "writer.lock";

  private final Path root;

  /** The directory is made on the first write, readable by its owner only. */
  public DirectoryCopyStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  @Override
  public Upload create(ObjectName name) {
    try {
      Path incoming = directory(root.resolve(INCOMING));
      Path temporary = incoming.resolve(UUID.randomUUID().toString());
      return new FileUpload(
          name,
          temporary,
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public byte[] get(ObjectName name, long offset, int length) {
    try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
      if (offset < 0 || offset + length > channel.size()) {
        throw new FarshoreException(
            VaultErrors.DAMAGED, "Object is shorter than expected", Map.of("object", name.value()));
      }
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new FarshoreException(
              VaultErrors.DAMAGED, "Object ended while read", Map.of("object", name.value()));
        }
      }
      return buffer.array();
    } catch (NoSuchFileException e) {
      throw new FarshoreException(
          VaultErrors.OBJECT_MISSING, "Object is missing", Map.of("object", name.value()), e);
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    try {
      return Optional.of(new StoredObject(name, Files.size(path(name))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public List<StoredObject> list(String folder, Optional<ObjectName> after) {
    requireReachable();
    Path start = root.resolve(new ObjectName(folder).value());
    List<StoredObject> found = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(start)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        ObjectName name = new ObjectName(root.relativize(path).toString());
        if (after.isEmpty() || name.compareTo(after.get()) > 0) {
          found.add(new StoredObject(name, Files.size(path)));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failure(e, new ObjectName(folder));
    } catch (UncheckedIOException e) {
      throw failure(new IOException(e), new ObjectName(folder));
    }
    found.sort(Comparator.comparing(StoredObject::name));
    return List.copyOf(found.subList(0, Math.min(found.size(), LIST_PAGE_OBJECTS_MAX)));
  }

  @Override
  public void delete(ObjectName name) {
    try {
      Path path = path(name);
      if (Files.deleteIfExists(path)) {
        force(parent(path));
      }
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public WriterLock lock() {
    try {
      directory(root);
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock held = null;
      try {
        held = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Held by another thread of this process; the answer is the same as for another process.
        held = null;
      } finally {
        if (held == null) {
          channel.close();
        }
      }
      if (held == null) {
        throw new FarshoreException(
            VaultErrors.COPY_LOCKED,
            "Another writer is at work in the copy",
            Map.of("directory", root.toString()));
      }
      clearIncoming();
      return () -> release(channel);
    } catch (IOException e) {
      throw failure(e, new ObjectName(LOCK));
    }
  }

  private void clearIncoming() throws IOException {
    Path incoming = root.resolve(INCOMING);
    if (!Files.isDirectory(incoming)) {
      return;
    }
    try (Stream<Path> left = Files.list(incoming)) {
      for (Path path : (Iterable<Path>) left::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e, new ObjectName(LOCK));
    }
  }

  /** A directory that is not there is an absent copy, not an empty one. */
  private void requireReachable() {
    if (!Files.isDirectory(root)) {
      throw new FarshoreException(
          VaultErrors.COPY_UNAVAILABLE,
          "The copy's directory is not there",
          Map.of("directory", root.toString()));
    }
  }

  private Path path(ObjectName name) {
    return root.resolve(name.value());
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static Path directory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      force(parent(path));
    }
    return path;
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private FarshoreException failure(IOException e, ObjectName name) {
    boolean full = DiskFull.causedBy(e);
    return new FarshoreException(
        full ? VaultErrors.COPY_FULL : VaultErrors.COPY_UNAVAILABLE,
        full ? "No space left in the copy" : "The copy's storage failed",
        Map.of(
            "directory", root.toString(),
            "object", name.value(),
            "cause", e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  private final class FileUpload implements Upload {
    private final ObjectName name;
    private final Path temporary;
    private final FileChannel channel;
    private boolean finished;

    FileUpload(ObjectName name, Path temporary, FileChannel channel) {
      this.name = name;
      this.temporary = temporary;
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw failure(e, name);
      }
    }

    @Override
    public boolean commit() {
      try {
        channel.force(true);
        channel.close();
        Path target = path(name);
        Path folder = directory(parent(target));
        boolean stored = giveName(target);
        force(folder);
        finished = true;
        return stored;
      } catch (IOException e) {
        throw failure(e, name);
      }
    }

    /** A hard link refuses to replace, in one step; where there are none, the writer lock does. */
    private boolean giveName(Path target) throws IOException {
      try {
        Files.createLink(target, temporary);
        Files.delete(temporary);
        return true;
      } catch (FileAlreadyExistsException e) {
        Files.delete(temporary);
        return false;
      } catch (UnsupportedOperationException | IOException e) {
        if (Files.exists(target)) {
          throw e;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
    }

    @Override
    public void close() {
      if (finished) {
        return;
      }
      finished = true;
      try {
        channel.close();
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        throw failure(e, name);
      }
    }
  }
}
