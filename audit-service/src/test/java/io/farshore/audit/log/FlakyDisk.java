package io.farshore.audit.log;

import io.farshore.tlog.disk.FileSystemDisk;
import io.farshore.tlog.disk.LogDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine's disk, which can be made to refuse every write for a while, as a full one does. */
final class FlakyDisk implements LogDisk {
  private final LogDisk disk = new FileSystemDisk();
  private volatile boolean full;
  private volatile boolean losesConfirmations;

  void full(boolean now) {
    full = now;
  }

  /** Journal writes reach the disk, and then fail all the same. */
  void losesConfirmations(boolean now) {
    losesConfirmations = now;
  }

  private void write() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return disk.exists(path);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return disk.read(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    write();
    disk.createDirectory(directory);
  }

  @Override
  public WritableFile create(Path file) throws IOException {
    write();
    WritableFile created = disk.create(file);
    return new WritableFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        FlakyDisk.this.write();
        created.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        FlakyDisk.this.write();
        created.sync();
        if (losesConfirmations && file.toString().endsWith(".journal")) {
          losesConfirmations = false;
          throw new IOException("I/O error");
        }
      }

      @Override
      public void close() throws IOException {
        created.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    write();
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public Optional<Closeable> lock(Path file) throws IOException {
    return disk.lock(file);
  }
}
