package io.farshore.tlog.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Puts whole files in place so that, after {@link #sync()}, all of them survive a power cut, and
 * before it each is either as it was or whole. Not thread-safe.
 */
public final class DurableWrites {
  /** Ends the name of a file that is not yet in place; left behind only by a crash. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private final LogDisk disk;
  private final Path root;
  private final Set<Path> changedDirectories = new LinkedHashSet<>();

  /**
   * @param disk where to
   * @param root exists; files are put at or below it
   */
  public DurableWrites(LogDisk disk, Path root) {
    this.disk = disk;
    this.root = root;
  }

  /** Writes {@code content} to {@code file}, replacing what was there. */
  public void put(Path file, byte[] content) throws IOException {
    Path directory = file.resolveSibling("");
    createDirectories(directory);
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    try (LogDisk.WritableFile out = disk.create(temporary)) {
      out.write(content);
      out.sync();
    }
    disk.rename(temporary, file);
    changedDirectories.add(directory);
  }

  /** Makes everything put so far durable. */
  public void sync() throws IOException {
    for (Path directory : changedDirectories) {
      disk.syncDirectory(directory);
    }
    changedDirectories.clear();
  }

  private void createDirectories(Path directory) throws IOException {
    if (directory.equals(root) || disk.exists(directory)) {
      return;
    }
    Path parent = directory.resolveSibling("");
    createDirectories(parent);
    disk.createDirectory(directory);
    changedDirectories.add(parent);
  }
}
