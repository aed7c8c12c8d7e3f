package io.farshore.quarkus.event;

import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An outbox in a directory: segments of events and a cursor. {@link #append} returns when the event
 * is on disk; concurrent callers share one disk write. A killed process loses nothing it was told
 * is stored; the tail a crash tore off is set aside. Thread-safe.
 */
public final class FileOutbox implements Outbox, Closeable {
  /** A region can be without a broker for days before a quarter of a gibibyte is full. */
  public static final long BYTES_MAX_DEFAULT = 256L * 1024 * 1024;

  /** Space is given back segment by segment. */
  static final long SEGMENT_BYTES = 8L * 1024 * 1024;

  private static final KeyedLog LOG = KeyedLog.of(FileOutbox.class);

  private final Path directory;
  private final long bytesMax;
  private final long segmentBytes;
  private final FileChannel lockChannel;
  private final OutboxCursor cursor;
  private final Object writing = new Object();
  private final Object draining = new Object();
  private final Object state = new Object();
  private final Semaphore arrivals = new Semaphore(0);
  // Guarded by state.
  private final Deque<OutboxSegment> segments = new ArrayDeque<>();
  private final List<Pending> waiting = new ArrayList<>();
  private long nextSequence;
  private long setAsideBytes;
  // Guarded by writing.
  private boolean rollNext;

  private static final class Pending {
    final StoredEvent event;
    volatile boolean done;
    volatile @Nullable FarshoreException failure;

    Pending(StoredEvent event) {
      this.event = event;
    }
  }

  private FileOutbox(
      Path directory,
      long bytesMax,
      long segmentBytes,
      FileChannel lockChannel,
      OutboxCursor cursor) {
    this.directory = directory;
    this.bytesMax = bytesMax;
    this.segmentBytes = segmentBytes;
    this.lockChannel = lockChannel;
    this.cursor = cursor;
  }

  /**
   * Opens the outbox and continues where an earlier process stopped.
   *
   * @throws FarshoreException {@code outbox-unwritable}, also if another process has it open
   */
  public static FileOutbox open(Path directory, long bytesMax) {
    return open(directory, bytesMax, Math.min(SEGMENT_BYTES, bytesMax / 8));
  }

  static FileOutbox open(Path directory, long bytesMax, long segmentBytes) {
    try {
      Files.createDirectories(directory);
      FileChannel lock = lock(directory);
      try {
        FileOutbox outbox =
            new FileOutbox(directory, bytesMax, segmentBytes, lock, OutboxCursor.open(directory));
        outbox.recover();
        return outbox;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process has it open");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("it is open already", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    long expected = -1;
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      boolean last = i == files.size() - 1;
      OutboxSegment segment =
          OutboxSegment.open(
              file, last ? Long.MAX_VALUE : OutboxSegment.firstSequenceOf(files.get(i + 1)));
      long torn = segment.setAsideTail();
      if (torn > 0) {
        setAsideBytes += torn;
        LOG.with("bytes", torn)
            .with("file", file)
            .warn("What is not a whole event was set aside beside the file");
      }
      if (expected >= 0 && segment.firstSequence() != expected) {
        LOG.with("from", expected)
            .with("to", segment.firstSequence() - 1)
            .with("file", file)
            .error("Events are damaged; what is left of them is beside the file");
      }
      expected = segment.endSequence();
      segments.add(segment);
    }
    nextSequence = Math.max(Math.max(expected, cursor.next()), 1);
    if (cursor.next() == 0 && !segments.isEmpty()) {
      cursor.start(segments.getFirst().firstSequence());
    } else if (cursor.next() == 0) {
      cursor.start(nextSequence);
    }
    // A new segment after each start: an old one may end in a write whose fate is unknown.
    rollNext = true;
    forgetDelivered();
  }

  @Override
  public String name() {
    return "file";
  }

  /**
   * Stores an event.
   *
   * @throws FarshoreException {@code outbox-full} or {@code outbox-unwritable}; then it is not
   *     stored
   */
  public void append(StoredEvent event) {
    Pending mine = new Pending(event);
    synchronized (state) {
      waiting.add(mine);
    }
    synchronized (writing) {
      // Whoever was here before may have written this event along with its own.
      if (!mine.done) {
        List<Pending> group;
        synchronized (state) {
          group = List.copyOf(waiting);
          waiting.clear();
        }
        // An interrupted caller must not take the others' events down with it.
        boolean interrupted = Thread.interrupted();
        try {
          write(group);
        } finally {
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        }
      }
    }
    FarshoreException failure = mine.failure;
    if (failure != null) {
      throw new FarshoreException(
          failure.code(), String.valueOf(failure.getMessage()), failure.context(), failure);
    }
  }

  private void write(List<Pending> group) {
    List<Pending> fitting = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    long room = bytesMax - bytes();
    long sequence = nextSequence;
    int total = 0;
    for (Pending pending : group) {
      byte[] record = OutboxSegment.encode(sequence, pending.event);
      if (total + record.length > room) {
        pending.failure = full();
        pending.done = true;
        continue;
      }
      encoded.add(record);
      fitting.add(pending);
      total += record.length;
      sequence++;
    }
    if (fitting.isEmpty()) {
      return;
    }
    ByteBuffer records = ByteBuffer.allocate(total);
    encoded.forEach(records::put);
    try {
      writable().append(records.array(), fitting.size());
      synchronized (state) {
        nextSequence = sequence;
      }
      arrivals.drainPermits();
      arrivals.release();
    } catch (IOException e) {
      rollNext = true;
      FarshoreException failure = unwritable(directory, e);
      fitting.forEach(pending -> pending.failure = failure);
    }
    fitting.forEach(pending -> pending.done = true);
  }

  private OutboxSegment writable() throws IOException {
    OutboxSegment last;
    synchronized (state) {
      last = segments.peekLast();
    }
    if (last != null && !rollNext && last.durableBytes() < segmentBytes) {
      return last;
    }
    if (last != null && last.durableBytes() == 0) {
      // Nothing in it is durable; its name is the one the new segment needs.
      synchronized (state) {
        segments.removeLast();
      }
      last.close();
      Files.deleteIfExists(last.path());
    }
    OutboxSegment next = OutboxSegment.create(directory, nextSequence);
    forceDirectory(directory);
    synchronized (state) {
      segments.addLast(next);
    }
    rollNext = false;
    return next;
  }

  @Override
  public int drain(int max, EventDelivery delivery) throws InterruptedException {
    synchronized (draining) {
      try {
        List<OutboxSegment.Entry> batch = next(max);
        if (batch.isEmpty()) {
          return 0;
        }
        int confirmed = delivery.deliver(batch.stream().map(OutboxSegment.Entry::event).toList());
        if (confirmed > 0) {
          OutboxSegment.Entry last = batch.get(confirmed - 1);
          cursor.advance(last.sequence() + 1, last.nextOffset());
          forgetDelivered();
        }
        return confirmed;
      } catch (IOException e) {
        throw unwritable(directory, e);
      }
    }
  }

  /** The next events to send; all of one segment. */
  private List<OutboxSegment.Entry> next(int max) throws IOException {
    List<OutboxSegment> present;
    synchronized (state) {
      present = List.copyOf(segments);
    }
    for (OutboxSegment segment : present) {
      if (cursor.next() >= segment.endSequence()) {
        continue;
      }
      if (cursor.next() < segment.firstSequence()) {
        cursor.jump(segment.firstSequence());
      }
      long offset = cursor.offsetIn(segment);
      List<OutboxSegment.Entry> entries = segment.read(offset, max);
      if (!entries.isEmpty()) {
        return entries;
      }
      throw new FarshoreException(
          EventErrors.OUTBOX_CORRUPT,
          "Stored events can no longer be read",
          Map.of("file", segment.path().toString(), "offset", Long.toString(offset)));
    }
    return List.of();
  }

  private void forgetDelivered() throws IOException {
    while (true) {
      OutboxSegment first;
      synchronized (state) {
        first = segments.peekFirst();
        if (first == null || cursor.next() < first.endSequence() || first == segments.peekLast()) {
          return;
        }
        segments.removeFirst();
      }
      first.close();
      Files.deleteIfExists(first.path());
    }
  }

  @Override
  public void awaitEvents(long millis) throws InterruptedException {
    if (pending() == 0) {
      // A permit left over from an event already sent only makes one wait shorter.
      arrivals.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }
  }

  /** How many events wait to be sent. */
  public long pending() {
    synchronized (state) {
      return nextSequence - cursor.next();
    }
  }

  /** Bytes on disk, those of events already sent but not yet cleared away included. */
  public long bytes() {
    synchronized (state) {
      return segments.stream().mapToLong(OutboxSegment::durableBytes).sum();
    }
  }

  /** Bytes found at start that were not whole events. */
  public long setAsideBytes() {
    synchronized (state) {
      return setAsideBytes;
    }
  }

  private FarshoreException full() {
    return new FarshoreException(
        EventErrors.OUTBOX_FULL,
        "The outbox is full: the broker has been away for too long",
        Map.of("property", "farshore.outbox.bytes-max", "bytesMax", Long.toString(bytesMax)));
  }

  private static FarshoreException unwritable(Path directory, IOException cause) {
    return new FarshoreException(
        EventErrors.OUTBOX_UNWRITABLE,
        "The outbox cannot be written",
        Map.of("directory", directory.toString(), "error", String.valueOf(cause.getMessage())),
        cause);
  }

  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (writing) {
      synchronized (draining) {
        synchronized (state) {
          for (OutboxSegment segment : segments) {
            segment.close();
          }
          segments.clear();
        }
        lockChannel.close();
      }
    }
  }
}
