package io.farshore.quorum.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.farshore.kernel.FarshoreException;
import io.farshore.quorum.QuorumErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real directory, held by a lock file while open. */
public final class FileDisk implements Disk {
  private static final String LOCK = "lock";
  private static final String UNFINISHED = ".new";

  private final Path directory;
  private final FileChannel lock;

  private FileDisk(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes the directory, making it if absent.
   *
   * @throws FarshoreException with {@link QuorumErrors#STORE_IN_USE} or {@link
   *     QuorumErrors#STORE_FAILED}
   */
  public static FileDisk open(Path directory) {
    Map<String, String> context = Map.of("directory", directory.toString());
    try {
      Files.createDirectories(directory);
      FileChannel lock = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
      if (!lockIn(lock)) {
        lock.close();
        throw new FarshoreException(
            QuorumErrors.STORE_IN_USE, "another member has the directory open", context);
      }
      return new FileDisk(directory, lock);
    } catch (IOException e) {
      throw new FarshoreException(
          QuorumErrors.STORE_FAILED, "the member's directory cannot be used", context, e);
    }
  }

  private static boolean lockIn(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(LOCK) && !name.endsWith(UNFINISHED))
          .sorted()
          .toList();
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    Path unfinished = directory.resolve(name + UNFINISHED);
    try (FileChannel file = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
      writeAll(file, content);
      file.force(true);
    }
    Files.move(unfinished, directory.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    forceDirectory();
  }

  @Override
  public Appender append(String name) throws IOException {
    FileChannel file = FileChannel.open(directory.resolve(name), CREATE, WRITE, APPEND);
    forceDirectory();
    return new Appender() {
      @Override
      public void write(byte[] content) throws IOException {
        writeAll(file, content);
      }

      @Override
      public void force() throws IOException {
        file.force(false);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    try (FileChannel file = FileChannel.open(directory.resolve(name), WRITE)) {
      file.truncate(size);
      file.force(true);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
    forceDirectory();
  }

  private static void writeAll(FileChannel file, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  private void forceDirectory() throws IOException {
    try (FileChannel itself = FileChannel.open(directory, READ)) {
      itself.force(true);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of the member's directory cannot be released", e);
    }
  }
}
