package io.farshore.quarkus.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One file of the outbox: records back to back, each {@code length, CRC-32C, sequence, id length,
 * id, JSON}. Only what was forced to disk counts; what follows it is a write that a crash cut
 * short. One thread may write while another reads what is durable.
 */
final class OutboxSegment implements Closeable {
  private static final int HEADER_BYTES = 4 + 4 + 8 + 2;
  private static final int RECORD_BYTES_MAX = 8 * EventEnvelopes.EVENT_CHARS_MAX;
  private static final int RECORDS_PER_READ = 256;

  private final Path path;
  private final long firstSequence;
  // Not FileChannel: an interrupted caller would close it for everyone.
  private final RandomAccessFile writer;
  private final RandomAccessFile reader;
  private volatile long durableBytes;
  private volatile long endSequence;

  /** A record and where the next one begins. */
  record Entry(long sequence, StoredEvent event, long nextOffset) {}

  private OutboxSegment(Path path, long firstSequence) throws IOException {
    this.path = path;
    this.firstSequence = firstSequence;
    this.endSequence = firstSequence;
    this.writer = new RandomAccessFile(path.toFile(), "rw");
    this.reader = new RandomAccessFile(path.toFile(), "r");
  }

  static OutboxSegment create(Path directory, long firstSequence) throws IOException {
    OutboxSegment segment =
        new OutboxSegment(directory.resolve("%020d.log".formatted(firstSequence)), firstSequence);
    segment.writer.setLength(0);
    return segment;
  }

  static long firstSequenceOf(Path path) {
    String name = String.valueOf(path.getFileName());
    return Long.parseLong(name, 0, name.length() - ".log".length(), 10);
  }

  /**
   * Opens a file an earlier process left and finds how far it is whole.
   *
   * @param limitSequence where the next file begins: what this one has from there on was never
   *     durable
   */
  static OutboxSegment open(Path path, long limitSequence) throws IOException {
    OutboxSegment segment = new OutboxSegment(path, firstSequenceOf(path));
    segment.durableBytes = segment.writer.length();
    long offset = 0;
    long sequence = segment.firstSequence;
    boolean whole = true;
    while (whole) {
      List<Entry> some = segment.read(offset, RECORDS_PER_READ);
      whole = !some.isEmpty();
      for (Entry entry : some) {
        if (entry.sequence() != sequence || sequence >= limitSequence) {
          whole = false;
          break;
        }
        offset = entry.nextOffset();
        sequence++;
      }
    }
    segment.durableBytes = offset;
    segment.endSequence = sequence;
    return segment;
  }

  static byte[] encode(long sequence, StoredEvent event) {
    byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
    byte[] json = event.json().getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + id.length + json.length);
    record.putInt(record.capacity()).putInt(0).putLong(sequence).putShort((short) id.length);
    record.put(id).put(json);
    record.putInt(4, checksum(record.array()));
    return record.array();
  }

  private static int checksum(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record, 0, 4);
    crc.update(record, 8, record.length - 8);
    return (int) crc.getValue();
  }

  /**
   * Appends whole records and forces them to disk.
   *
   * @throws IOException if that failed; then what is durable is as before, and the segment must not
   *     be written again, because the kernel may have forgotten the failure
   */
  void append(byte[] records, int count) throws IOException {
    long end = durableBytes + records.length;
    writer.seek(durableBytes);
    writer.write(records);
    writer.getFD().sync();
    durableBytes = end;
    long sequence = endSequence + count;
    endSequence = sequence;
  }

  /** Durable records from {@code offset} on; ends early at one that is not whole. */
  List<Entry> read(long offset, int max) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long position = offset;
    long end = durableBytes;
    while (entries.size() < max && end - position >= HEADER_BYTES) {
      ByteBuffer length = readAt(position, 4);
      int bytes = length.getInt(0);
      if (bytes < HEADER_BYTES || bytes > RECORD_BYTES_MAX || bytes > end - position) {
        break;
      }
      byte[] record = readAt(position, bytes).array();
      ByteBuffer fields = ByteBuffer.wrap(record);
      int idBytes = Short.toUnsignedInt(fields.getShort(16));
      if (fields.getInt(4) != checksum(record) || idBytes > bytes - HEADER_BYTES) {
        break;
      }
      position += bytes;
      StoredEvent event =
          new StoredEvent(
              new String(record, HEADER_BYTES, idBytes, StandardCharsets.UTF_8),
              new String(
                  record,
                  HEADER_BYTES + idBytes,
                  bytes - HEADER_BYTES - idBytes,
                  StandardCharsets.UTF_8));
      entries.add(new Entry(fields.getLong(8), event, position));
    }
    return entries;
  }

  private ByteBuffer readAt(long position, int bytes) throws IOException {
    byte[] buffer = new byte[bytes];
    reader.seek(position);
    reader.readFully(buffer);
    return ByteBuffer.wrap(buffer);
  }

  /** Cuts off what is not whole, keeping it in a file beside this one. Answers its length. */
  long setAsideTail() throws IOException {
    long tail = writer.length() - durableBytes;
    if (tail > 0) {
      Path aside = path.resolveSibling(path.getFileName() + ".torn-" + durableBytes);
      try (FileChannel copy =
          FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        writer.getChannel().transferTo(durableBytes, tail, copy);
      }
      writer.setLength(durableBytes);
      writer.getFD().sync();
    }
    return tail;
  }

  Path path() {
    return path;
  }

  long firstSequence() {
    return firstSequence;
  }

  /** The sequence the next record will have. */
  long endSequence() {
    return endSequence;
  }

  long durableBytes() {
    return durableBytes;
  }

  @Override
  public void close() throws IOException {
    try (reader) {
      writer.close();
    }
  }
}
