package io.farshore.quarkus.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The sequence of the next event to send, in a file that is replaced atomically. A cursor that is
 * lost or damaged makes the relay begin with the oldest event there is: sent twice, not lost.
 */
final class OutboxCursor {
  private static final int FILE_BYTES = 16;

  private final Path file;
  private volatile long next;
  private long knownOffset = -1;
  private long knownOffsetOf = -1;

  private OutboxCursor(Path file, long next) {
    this.file = file;
    this.next = next;
  }

  static OutboxCursor open(Path directory) throws IOException {
    Path file = directory.resolve("cursor");
    if (!Files.exists(file)) {
      return new OutboxCursor(file, 0);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    boolean whole =
        bytes.capacity() == FILE_BYTES && bytes.getLong(8) == checksum(bytes.getLong(0));
    return new OutboxCursor(file, whole ? bytes.getLong(0) : 0);
  }

  private static long checksum(long sequence) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, sequence));
    return crc.getValue();
  }

  /** 0 before the first event was seen. */
  long next() {
    return next;
  }

  void start(long sequence) {
    next = sequence;
  }

  void jump(long sequence) throws IOException {
    advance(sequence, -1);
  }

  /** Moves on, durably. {@code offset} is where that event begins in the segment just read. */
  void advance(long sequence, long offset) throws IOException {
    Path draft = file.resolveSibling("cursor.tmp");
    ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES);
    bytes.putLong(sequence).putLong(checksum(sequence)).flip();
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    next = sequence;
    knownOffset = offset;
    knownOffsetOf = sequence;
  }

  /** Where the next event begins in {@code segment}. */
  long offsetIn(OutboxSegment segment) throws IOException {
    if (next == segment.firstSequence()) {
      return 0;
    }
    if (knownOffsetOf == next && knownOffset >= 0) {
      return knownOffset;
    }
    long offset = 0;
    while (true) {
      List<OutboxSegment.Entry> some = segment.read(offset, 256);
      for (OutboxSegment.Entry entry : some) {
        if (entry.sequence() >= next) {
          return offset;
        }
        offset = entry.nextOffset();
      }
      if (some.isEmpty()) {
        return offset;
      }
    }
  }
}
