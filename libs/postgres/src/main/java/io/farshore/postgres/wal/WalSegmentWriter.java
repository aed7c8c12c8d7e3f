package io.farshore.postgres.wal;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log stream as segment files. The one being filled is called {@code .partial}, is full
 * size and zero after what was written, so a restore may use it as it is. Not for use by several
 * threads.
 */
public final class WalSegmentWriter implements AutoCloseable {
  private static final String PARTIAL = ".partial";

  private final Path directory;
  private final Timeline timeline;
  private final int segmentBytes;
  private final Consumer<Path> completed;
  private @Nullable WalSegmentName segment;
  private @Nullable FileChannel channel;
  private Lsn end = Lsn.ZERO;

  /**
   * @param directory exists
   * @param completed told of each full, synced and renamed segment
   */
  public WalSegmentWriter(
      Path directory, Timeline timeline, int segmentBytes, Consumer<Path> completed) {
    this.directory = directory;
    this.timeline = timeline;
    this.segmentBytes = segmentBytes;
    this.completed = completed;
  }

  /**
   * Appends. The first call may begin anywhere in a segment (what precedes stays as it was on disk,
   * or zero); later ones must follow each other.
   *
   * @throws IllegalArgumentException if the bytes do not follow those before
   * @throws IOException for example disk full; close this writer then, and go on with a new one
   *     from the position synced last
   */
  public void write(Lsn start, ByteBuffer bytes) throws IOException {
    if (!end.equals(Lsn.ZERO) && !start.equals(end)) {
      throw new IllegalArgumentException("log does not continue where it was");
    }
    Lsn at = start;
    while (bytes.hasRemaining()) {
      WalSegmentName name = WalSegmentName.holding(timeline, at, segmentBytes);
      FileChannel file = file(name);
      long offset = at.bytesSince(name.start());
      int length = (int) Math.min(bytes.remaining(), segmentBytes - offset);
      writeFully(file, bytes.slice(bytes.position(), length), offset);
      bytes.position(bytes.position() + length);
      at = at.plusBytes(length);
      end = at;
      if (at.equals(name.end())) {
        complete(name, file);
      }
    }
  }

  /** Makes what was written durable; answers the position after it, to be confirmed. */
  public Lsn sync() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      open.force(false);
    }
    return end;
  }

  /** Syncs and leaves the present segment {@code .partial}. */
  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      channel = null;
      try (open) {
        open.force(false);
      }
    }
  }

  private FileChannel file(WalSegmentName name) throws IOException {
    FileChannel open = channel;
    if (open != null && name.equals(segment)) {
      return open;
    }
    Path path = directory.resolve(name.fileName() + PARTIAL);
    open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (open.size() < segmentBytes) {
        zeroFrom(open, open.size());
      }
      syncDirectory();
    } catch (IOException e) {
      open.close();
      throw e;
    }
    segment = name;
    channel = open;
    return open;
  }

  /** Really writes zeros, so that a full disk shows now and not in the middle of a segment. */
  private void zeroFrom(FileChannel file, long offset) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
    for (long at = offset; at < segmentBytes; at += zeros.capacity()) {
      writeFully(
          file, zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at)), at);
    }
  }

  private void complete(WalSegmentName name, FileChannel file) throws IOException {
    file.force(true);
    file.close();
    channel = null;
    Path complete = directory.resolve(name.fileName());
    Files.move(
        directory.resolve(name.fileName() + PARTIAL), complete, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory();
    completed.accept(complete);
  }

  private void syncDirectory() throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes, long offset)
      throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }
}
