package io.farshore.tlog.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a log asks of a file system. What is written is certain to survive a power cut only after
 * {@link WritableFile#sync()}; a name given, changed or removed only after {@link #syncDirectory}.
 * Implementations are thread-safe; the files they open are not.
 */
public interface LogDisk {
  boolean exists(Path path) throws IOException;

  /**
   * @throws NoSuchFileException if there is no such file
   */
  byte[] read(Path file) throws IOException;

  /** What the directory holds, sorted by name; empty if there is no such directory. */
  List<Path> list(Path directory) throws IOException;

  /** Creates one directory; nothing happens if it exists. */
  void createDirectory(Path directory) throws IOException;

  /** Opens a file for writing from its beginning; what it held before is gone. */
  WritableFile create(Path file) throws IOException;

  /** Gives {@code from} the name {@code to}, atomically, replacing what had it. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file or an empty directory; nothing happens if there is none. */
  void delete(Path path) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Takes a lock that ends with the process; empty if another holds it. */
  Optional<Closeable> lock(Path file) throws IOException;

  /** A file being written, from its beginning to its end. */
  interface WritableFile extends Closeable {
    void write(byte[] bytes) throws IOException;

    /** Returns when everything written so far is durable. */
    void sync() throws IOException;
  }
}
