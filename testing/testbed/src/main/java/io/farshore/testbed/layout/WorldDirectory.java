package io.farshore.testbed.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one world, held by one process at a time. What a crashed owner left in it is
 * removed by the next: its processes died with it.
 */
public final class WorldDirectory implements AutoCloseable {
  private static final String LOCK = "owner.lock";

  private final Path path;

  /** Open while the directory is held: its lock goes with it. */
  private final FileChannel channel;

  private WorldDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the directory and empties it.
   *
   * @throws WorldInUseException if a living process holds it
   */
  public static WorldDirectory take(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new WorldInUseException(path);
    }
    clear(path);
    byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(owner));
    return new WorldDirectory(path.toRealPath(), channel);
  }

  /** Process id of the living process that holds the directory, if there is one. */
  public static OptionalLong owner(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock free = tryLock(channel);
      if (free != null) {
        free.release();
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(Files.readString(file)));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void clear(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(root) && !path.equals(root.resolve(LOCK))) {
          Files.delete(path);
        }
      }
    }
  }

  public Path path() {
    return path;
  }

  /** A directory inside, made if need be. */
  public Path directory(String first, String... more) throws IOException {
    return Files.createDirectories(path.resolve(Path.of(first, more)));
  }

  /** Lets go of the directory; what lies in it stays for reading. */
  @Override
  public void close() throws IOException {
    // Releases the lock as well; a second close does nothing.
    channel.close();
  }
}
