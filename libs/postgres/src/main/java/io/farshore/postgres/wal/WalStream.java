package io.farshore.postgres.wal;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.ReplicationCommands;
import io.farshore.postgres.ReplicationConnection;
import io.farshore.postgres.ReplicationConnection.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's write-ahead log as it is written. Reading is for one thread; {@link #flushed} and
 * {@link #close} may be called from another.
 *
 * <p>The server drops a receiver it has not heard of for {@code wal_sender_timeout}: whoever stops
 * calling {@link #next} for long loses the stream.
 */
public final class WalStream implements AutoCloseable {
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ReplicationConnection connection;
  private final Duration silenceMax;
  private volatile Lsn received;
  private volatile Lsn flushed = Lsn.ZERO;
  private boolean ended;
  private long heardAt = System.nanoTime();
  private boolean asked;

  private WalStream(ReplicationConnection connection, Lsn from) {
    this.connection = connection;
    this.silenceMax = connection.endpoint().timeouts().read();
    this.received = from;
  }

  /**
   * Starts to stream.
   *
   * @param server a role with REPLICATION; its application name is what the server knows us by
   * @throws FarshoreException one of {@link PostgresErrors}; {@link PostgresErrors#WAL_REMOVED} if
   *     the server no longer has the log asked for. So do all methods here
   */
  public static WalStream open(PostgresEndpoint server, WalStreamOptions options) {
    ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL);
    try {
      return begin(connection, options);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Starts to stream from the end of the server's log, whatever its timeline, without a slot. */
  public static WalStream openAtEnd(PostgresEndpoint server) {
    ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL);
    try {
      ReplicationPosition end = ReplicationCommands.identifySystem(connection).position();
      return begin(connection, new WalStreamOptions(end, null));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** How far the server's log goes now, as flushed to its disk. */
  public static ReplicationPosition position(PostgresEndpoint server) {
    try (ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL)) {
      return ReplicationCommands.identifySystem(connection).position();
    }
  }

  /** Size of the server's log segments in bytes. */
  public static int segmentBytes(PostgresEndpoint server) {
    try (ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL)) {
      return ReplicationCommands.segmentBytes(connection);
    }
  }

  /**
   * Waits for the next message. A quiet server is asked for a sign of life; one that gives none for
   * the endpoint's read time-out counts as lost.
   *
   * @return empty if none came within {@code patience}
   */
  public Optional<WalMessage> next(Duration patience) {
    if (ended) {
      throw new IllegalStateException("the timeline has ended");
    }
    Message message = receive(patience);
    if (message == null) {
      return Optional.empty();
    }
    heardAt = System.nanoTime();
    asked = false;
    return Optional.of(
        switch (message.type()) {
          case 'd' -> onCopyData(message);
          case 'c' -> onTimelineEnd();
          default -> throw connection.unexpected(message);
        });
  }

  /** End of the log delivered until now. */
  public Lsn received() {
    return received;
  }

  /** Tells the server that all before {@code lsn} is safe here: its slot moves on. Sent at once. */
  public void flushed(Lsn lsn) {
    flushed = lsn;
    sendStatus(false);
  }

  /** Ends the stream in order, so that its slot is free for the next receiver. */
  @Override
  public void close() {
    connection.closeStream();
  }

  /** Cuts the connection: nothing more is read or confirmed, and a waiting reader fails. */
  public void abort() {
    connection.close();
  }

  private static WalStream begin(ReplicationConnection connection, WalStreamOptions options) {
    String slot = options.slot();
    connection.begin(
        "START_REPLICATION "
            + (slot == null ? "" : "SLOT " + ReplicationCommands.identifier(slot) + " ")
            + "PHYSICAL "
            + options.from().lsn()
            + " TIMELINE "
            + options.from().timeline());
    connection.expect('W');
    return new WalStream(connection, options.from().lsn());
  }

  private @Nullable Message receive(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = Math.max(0, deadline - System.nanoTime());
      Message message =
          connection.receive(Duration.ofNanos(Math.min(left, silenceMax.toNanos() / 4)));
      if (message != null) {
        return message;
      }
      onSilence();
      if (System.nanoTime() - deadline >= 0) {
        return null;
      }
    }
  }

  private WalMessage onCopyData(Message message) {
    ByteBuffer body = message.body();
    switch (body.get()) {
      case 'w' -> {
        Lsn start = new Lsn(body.getLong());
        Lsn serverEnd = new Lsn(body.getLong());
        body.getLong(); // the server's clock
        received = start.plusBytes(body.remaining());
        return new WalMessage.Data(start, body.slice(), serverEnd);
      }
      case 'k' -> {
        Lsn serverEnd = new Lsn(body.getLong());
        body.getLong(); // the server's clock
        if (body.get() != 0) {
          sendStatus(false);
        }
        return new WalMessage.KeepAlive(serverEnd);
      }
      default -> throw connection.unexpected(message);
    }
  }

  /** After both sides said "done", the server answers where history goes on. */
  private WalMessage onTimelineEnd() {
    ended = true;
    connection.sendCopyDone();
    List<@Nullable String> row = connection.expectRows().getFirst();
    return new WalMessage.TimelineEnded(
        ReplicationCommands.position(
            ReplicationCommands.required(row, 0), ReplicationCommands.required(row, 1)));
  }

  private void onSilence() {
    Duration silence = Duration.ofNanos(System.nanoTime() - heardAt);
    if (silence.compareTo(silenceMax) > 0) {
      throw new FarshoreException(
          PostgresErrors.UNREACHABLE,
          "PostgreSQL gave no sign of life",
          Map.of("server", connection.endpoint().toString(), "silence", silence.toString()));
    }
    if (!asked && silence.compareTo(silenceMax.dividedBy(2)) > 0) {
      asked = true;
      sendStatus(true);
    }
  }

  /** Standby status update: written, flushed and applied positions, our clock, reply wanted. */
  private void sendStatus(boolean replyWanted) {
    Lsn safe = flushed;
    ByteBuffer body = ByteBuffer.allocate(34);
    body.put((byte) 'r');
    body.putLong(safe.value());
    body.putLong(safe.value());
    body.putLong(safe.value());
    body.putLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, Instant.now()));
    body.put((byte) (replyWanted ? 1 : 0));
    connection.sendCopyData(body.array());
  }
}
