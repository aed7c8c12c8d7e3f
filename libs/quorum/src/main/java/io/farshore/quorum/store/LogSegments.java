package io.farshore.quorum.store;

import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.EntryCodec;
import io.farshore.quorum.wire.MalformedBytesException;
import io.microraft.model.log.LogEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log as files that only grow. What happened between two flushes is one block, written and
 * synced before the next is written: so only the very last block can be torn by a crash, and a
 * broken block with a whole one behind it is damage.
 *
 * <p>Cutting the log's end off is a record of its own. Its beginning is freed file by file, oldest
 * first, so that no such record outlives the entries it cuts off.
 */
final class LogSegments implements AutoCloseable {
  /** A new file is begun above this size, so that old entries can be freed. */
  static final int SEGMENT_BYTES = 512 * 1024;

  /** More than this is not held back in memory, flush or not. */
  private static final int BUFFER_BYTES_MAX = 4 * 1024 * 1024;

  private static final int MAGIC = 0x4651_4C42;
  private static final String PREFIX = "log-";
  private static final int ENTRY = 1;
  private static final int CUT_FROM = 2;

  private final Disk disk;
  private final int segmentBytes;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private Disk.@Nullable Appender appender;
  private ByteWriter buffer = new ByteWriter();
  private int buffered;
  private long nextBlock = 1;

  private static final class Segment {
    private final String name;
    private long lastIndex;
    private long size;

    Segment(String name) {
      this.name = name;
    }
  }

  /**
   * @param segmentBytes size of a file above which a new one is begun
   */
  LogSegments(Disk disk, int segmentBytes) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
  }

  /** The name of a file whose first block has that number. */
  static String nameOf(long firstBlock) {
    return String.format(Locale.ROOT, "%s%020d", PREFIX, firstBlock);
  }

  static boolean isSegment(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * Reads all files, and cuts a torn block off the last one.
   *
   * @param newest the first block's number of the newest file known to have existed
   * @return the entries, by index
   * @throws MalformedBytesException if a file is damaged or missing
   */
  NavigableMap<Long, LogEntry> load(long newest) throws IOException {
    NavigableMap<Long, LogEntry> entries = new TreeMap<>();
    List<String> names = disk.names().stream().filter(LogSegments::isSegment).toList();
    if (newest > 0 && !names.contains(nameOf(newest))) {
      throw new MalformedBytesException("the newest log file is missing");
    }
    for (int i = 0; i < names.size(); i++) {
      load(names.get(i), i == 0, i == names.size() - 1, entries);
    }
    return entries;
  }

  private void load(String name, boolean first, boolean last, NavigableMap<Long, LogEntry> entries)
      throws IOException {
    byte[] content = disk.read(name);
    Segment segment = new Segment(name);
    int at = 0;
    while (at < content.length) {
      Checked.Block block;
      try {
        block = Checked.read(MAGIC, content, at);
      } catch (MalformedBytesException e) {
        if (!last || Checked.anyFrom(MAGIC, content, at + 1)) {
          throw e;
        }
        disk.truncate(name, at);
        break;
      }
      requireVersion(block.version());
      if (first && at == 0) {
        nextBlock = block.number();
      }
      if (block.number() != nextBlock) {
        throw new MalformedBytesException("a block of the log is missing");
      }
      nextBlock++;
      replay(new ByteReader(block.bytes()), segment, entries);
      at = block.end();
    }
    if (at == 0 && !name.equals(nameOf(nextBlock))) {
      if (!first) {
        throw new MalformedBytesException("a log file is missing before an empty one");
      }
      nextBlock = Long.parseLong(name.substring(PREFIX.length()));
    }
    segment.size = at;
    segments.addLast(segment);
  }

  static void requireVersion(byte version) {
    if (version != Checked.VERSION) {
      throw new UnknownFormatException();
    }
  }

  /** Written by another version of the store. */
  static final class UnknownFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void replay(ByteReader in, Segment segment, NavigableMap<Long, LogEntry> entries) {
    for (int count = in.smallNumber(); count > 0; count--) {
      switch (in.byteValue()) {
        case ENTRY -> {
          LogEntry entry = EntryCodec.readEntry(in);
          entries.put(entry.getIndex(), entry);
          segment.lastIndex = Math.max(segment.lastIndex, entry.getIndex());
        }
        case CUT_FROM -> entries.tailMap(in.number(), true).clear();
        default -> throw new MalformedBytesException("unknown record in the log");
      }
    }
    in.end();
  }

  void append(LogEntry entry) throws IOException {
    buffer.byteValue(ENTRY);
    EntryCodec.writeEntry(buffer, entry);
    active().lastIndex = Math.max(active().lastIndex, entry.getIndex());
    buffered++;
    flushIfLarge();
  }

  void cutFrom(long index) throws IOException {
    buffer.byteValue(CUT_FROM).number(index);
    buffered++;
    flushIfLarge();
  }

  private void flushIfLarge() throws IOException {
    if (buffer.size() > BUFFER_BYTES_MAX) {
      flush();
    }
  }

  /** Makes everything appended durable. */
  void flush() throws IOException {
    if (buffered == 0) {
      return;
    }
    byte[] content = new ByteWriter().number(buffered).raw(buffer.toBytes()).toBytes();
    byte[] block = Checked.block(MAGIC, nextBlock, content);
    Segment segment = active();
    Disk.Appender to = appender == null ? disk.append(segment.name) : appender;
    appender = to;
    to.write(block);
    to.force();
    segment.size += block.length;
    nextBlock++;
    buffer = new ByteWriter();
    buffered = 0;
  }

  /** Whether the file written to has become large. */
  boolean full() {
    return !segments.isEmpty() && segments.getLast().size >= segmentBytes;
  }

  /**
   * Begins a new file. Nothing may be waiting to be flushed.
   *
   * @return the number of its first block
   */
  long roll() throws IOException {
    closeAppender();
    Segment segment = new Segment(nameOf(nextBlock));
    appender = disk.append(segment.name);
    segments.addLast(segment);
    return nextBlock;
  }

  /** Frees the oldest files that hold nothing after {@code index}. */
  void freeUntil(long index) throws IOException {
    while (segments.size() > 1 && segments.getFirst().lastIndex <= index) {
      disk.delete(segments.getFirst().name);
      segments.removeFirst();
    }
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  private Segment active() {
    return segments.getLast();
  }

  private void closeAppender() throws IOException {
    if (appender != null) {
      appender.close();
      appender = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeAppender();
  }
}
