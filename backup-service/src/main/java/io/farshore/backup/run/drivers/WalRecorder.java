package io.farshore.backup.run.drivers;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.wal.WalMessage;
import io.farshore.postgres.wal.WalSegmentName;
import io.farshore.postgres.wal.WalStream;
import io.farshore.postgres.wal.WalStreamOptions;
import io.farshore.vault.backup.BackupSession;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streams the log into a backup session, segment by segment, from the beginning of the segment in
 * which replay begins. The last segment is filled up with zeros, at which replay ends. For one
 * thread at a time.
 */
final class WalRecorder implements AutoCloseable {
  /** How long a wait for log lasts before it is looked whether an end was set. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

  /** A server that does not reach the end in this time without sending a byte never will. */
  private static final Duration STANDSTILL_MAX = Duration.ofSeconds(60);

  /** Streams that break one after the other without a byte between them. */
  private static final int ATTEMPTS_MAX = 3;

  private static final byte[] ZEROS = new byte[64 << 10];

  private final PostgresEndpoint server;
  private final BackupSession session;
  private final Timeline timeline;
  private final int segmentBytes;
  private final Clock clock;
  private Lsn position;
  private byte[] buffer = new byte[128 << 10];
  private @Nullable WalSegmentName segment;
  private @Nullable OutputStream open;

  WalRecorder(
      PostgresEndpoint server,
      BackupSession session,
      ReplicationPosition start,
      int segmentBytes,
      Clock clock) {
    this.server = server;
    this.session = session;
    this.timeline = start.timeline();
    this.segmentBytes = segmentBytes;
    this.clock = clock;
    this.position = WalSegmentName.holding(timeline, start.lsn(), segmentBytes).start();
  }

  /** End of what was recorded. */
  Lsn position() {
    return position;
  }

  /**
   * Records until {@code end} is known and reached. What came with the piece that reaches it is
   * recorded too, unless {@code exactly}. A stream that breaks is taken up again where it broke: a
   * server ends it when a slow copy keeps us from answering for {@code wal_sender_timeout}.
   */
  void recordUntil(Supplier<Optional<Lsn>> end, boolean exactly) {
    int attempts = 0;
    while (true) {
      Lsn before = position;
      try {
        streamUntil(end, exactly);
        return;
      } catch (FarshoreException e) {
        attempts = position.equals(before) ? attempts + 1 : 1;
        if (!e.code().equals(PostgresErrors.UNREACHABLE) || attempts >= ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /**
   * Never confirms what it receives: the log is not durable here before the backup is sealed, and a
   * server whose {@code synchronous_standby_names} is {@code *} would take a confirmation for it.
   */
  private void streamUntil(Supplier<Optional<Lsn>> end, boolean exactly) {
    ReplicationPosition from = new ReplicationPosition(timeline, position);
    try (WalStream stream = WalStream.open(server, new WalStreamOptions(from, null))) {
      long movedAt = System.nanoTime();
      while (true) {
        Optional<Lsn> target = end.get();
        if (target.isPresent() && position.compareTo(target.get()) >= 0) {
          return;
        }
        Optional<WalMessage> message = stream.next(LOOK_INTERVAL);
        if (message.isPresent() && message.get() instanceof WalMessage.Data data) {
          record(data, exactly ? target : Optional.empty());
          movedAt = System.nanoTime();
        } else if (message.isPresent() && message.get() instanceof WalMessage.TimelineEnded) {
          throw new FarshoreException(
              BackupErrors.TIMELINE_CHANGED,
              "The source's timeline ended while it was read",
              Map.of("timeline", timeline.toString(), "lsn", position.toString()));
        }
        boolean still = System.nanoTime() - movedAt > STANDSTILL_MAX.toNanos();
        if (target.isPresent() && still) {
          throw new FarshoreException(
              BackupErrors.LOG_INCOMPLETE,
              "The source's log did not reach the end of the backup",
              Map.of("lsn", position.toString(), "needed", target.get().toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills the last segment up and ends it. */
  @Override
  public void close() throws IOException {
    OutputStream last = open;
    if (last == null || segment == null) {
      return;
    }
    long missing = segment.end().bytesSince(position);
    while (missing > 0) {
      int piece = (int) Math.min(missing, ZEROS.length);
      last.write(ZEROS, 0, piece);
      missing -= piece;
    }
    last.close();
    open = null;
  }

  private void record(WalMessage.Data data, Optional<Lsn> end) throws IOException {
    if (!data.start().equals(position)) {
      throw new FarshoreException(
          BackupErrors.LOG_INCOMPLETE,
          "The source's log has a gap",
          Map.of("lsn", data.start().toString(), "expected", position.toString()));
    }
    ByteBuffer bytes = data.bytes();
    if (end.isPresent()) {
      long wanted = Math.min(bytes.remaining(), end.get().bytesSince(position));
      bytes = bytes.slice(bytes.position(), (int) wanted);
    }
    while (bytes.hasRemaining()) {
      OutputStream out = segmentAt(position);
      long room =
          WalSegmentName.holding(timeline, position, segmentBytes).end().bytesSince(position);
      int piece = (int) Math.min(Math.min(room, bytes.remaining()), buffer.length);
      bytes.get(buffer, 0, piece);
      out.write(buffer, 0, piece);
      position = position.plusBytes(piece);
    }
  }

  private OutputStream segmentAt(Lsn lsn) throws IOException {
    WalSegmentName name = WalSegmentName.holding(timeline, lsn, segmentBytes);
    OutputStream present = open;
    if (present != null && name.equals(segment)) {
      return present;
    }
    if (present != null) {
      present.close();
    }
    OutputStream next = session.wal(name.fileName(), clock.instant());
    open = next;
    segment = name;
    return next;
  }
}
