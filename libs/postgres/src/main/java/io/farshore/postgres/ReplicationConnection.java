package io.farshore.postgres;

import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.core.PGStream;

/**
 * Speaks the streaming replication protocol (PostgreSQL documentation, chapter 54). Commands that
 * answer rows go through {@link #query}; those that stream are begun with {@link #begin} and read
 * message by message.
 *
 * <p>One thread reads; another may {@link #sendCopyData} or {@link #close}.
 */
public final class ReplicationConnection implements AutoCloseable {
  /** No server message is longer: a walsender sends 128 KiB at most, a base backup 32 KiB. */
  private static final int MESSAGE_BYTES_MAX = 16 << 20;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final PostgresEndpoint endpoint;
  private final Connection connection;
  private final PGStream wire;
  private final Object sending = new Object();
  private Duration answerTimeout;
  private byte[] buffer = new byte[64 << 10];

  private ReplicationConnection(PostgresEndpoint endpoint, Connection connection, PGStream wire) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.wire = wire;
    this.answerTimeout = endpoint.timeouts().read();
  }

  /** Whether the session can also run SQL in its endpoint's database. */
  public enum Mode {
    PHYSICAL("true"),
    DATABASE("database");

    private final String parameter;

    Mode(String parameter) {
      this.parameter = parameter;
    }
  }

  /**
   * A message from the server.
   *
   * @param type as in the documentation of the protocol; errors never show, they are thrown
   * @param body valid until the next message is read
   */
  public record Message(char type, ByteBuffer body) {}

  /**
   * Logs in for replication.
   *
   * @throws FarshoreException one of {@link PostgresErrors}
   */
  public static ReplicationConnection open(PostgresEndpoint endpoint, Mode mode) {
    Properties properties = new Properties();
    PGProperty.REPLICATION.set(properties, mode.parameter);
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
    Connection connection = Sessions.open(endpoint, properties);
    try {
      return new ReplicationConnection(endpoint, connection, DriverWire.of(connection));
    } catch (SQLException e) {
      throw Sessions.failure(endpoint, e);
    }
  }

  /** Runs a command to its end and answers the rows of all its result sets, as text. */
  public List<List<@Nullable String>> query(String command) {
    begin(command);
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Message message = receive(); message.type() != 'Z'; message = receive()) {
      if (message.type() == 'D') {
        rows.add(MessageBodies.row(message.body()));
      }
    }
    return rows;
  }

  /** Sends a command; its answer is to be read with {@link #receive}. */
  public void begin(String command) {
    byte[] text = command.getBytes(StandardCharsets.UTF_8);
    synchronized (sending) {
      try {
        wire.sendChar('Q');
        wire.sendInteger4(4 + text.length + 1);
        wire.send(text);
        wire.sendChar(0);
        wire.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  /** From now on waits this long for each message, instead of the endpoint's read time-out. */
  public void answerWithin(Duration timeout) {
    answerTimeout = timeout;
  }

  /** The next message; waits for it as long as an answer may take. */
  public Message receive() {
    Message message = receive(answerTimeout);
    if (message == null) {
      throw broken(new SocketTimeoutException("no answer in time"));
    }
    return message;
  }

  /** The next message, or null if none began within {@code patience}. */
  public @Nullable Message receive(Duration patience) {
    try {
      while (true) {
        if (!begins(patience)) {
          return null;
        }
        char type = (char) wire.receiveChar();
        ByteBuffer body = receiveBody();
        switch (type) {
          case 'E' -> throw MessageBodies.failure(endpoint, body);
          case 'N', 'S', 'A' -> {} // notices and settings do not concern us
          default -> {
            return new Message(type, body);
          }
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Waits until the server sends something; false if it did not within {@code patience}. */
  public boolean awaitMessage(Duration patience) {
    try {
      return begins(patience);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Reads a message that must be of this type. */
  public Message expect(char type) {
    Message message = receive();
    if (message.type() != type) {
      throw unexpected(message);
    }
    return message;
  }

  /** Reads a result set to its end. */
  public List<List<@Nullable String>> expectRows() {
    expect('T');
    List<List<@Nullable String>> rows = new ArrayList<>();
    Message message = receive();
    for (; message.type() == 'D'; message = receive()) {
      rows.add(MessageBodies.row(message.body()));
    }
    if (message.type() != 'C') {
      throw unexpected(message);
    }
    return rows;
  }

  /** Sends a copy message, at once. */
  public void sendCopyData(byte[] body) {
    synchronized (sending) {
      try {
        wire.sendChar('d');
        wire.sendInteger4(4 + body.length);
        wire.send(body);
        wire.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  /** Says that we send no more copy messages. */
  public void sendCopyDone() {
    synchronized (sending) {
      try {
        wire.sendChar('c');
        wire.sendInteger4(4);
        wire.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  /** Asks the server, over a connection of its own, to give up the running command. */
  public void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      throw Sessions.failure(endpoint, e);
    }
  }

  public PostgresEndpoint endpoint() {
    return endpoint;
  }

  /** A failure of the protocol itself. */
  public FarshoreException unexpected(Message message) {
    return new FarshoreException(
        PostgresErrors.PROTOCOL,
        "PostgreSQL sent an unexpected message",
        Map.of("server", endpoint.toString(), "type", String.valueOf(message.type())));
  }

  /**
   * Ends the session. In the middle of a stream that is done by closing the network connection; the
   * server notices when it next sends.
   */
  @Override
  public void close() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw Sessions.failure(endpoint, e);
    }
  }

  /**
   * Ends a stream in order and waits, shortly, until the server has left it: its slot is free then.
   */
  public void closeStream() {
    try {
      sendCopyDone();
      Message message = receive(CLOSE_TIMEOUT);
      while (message != null && message.type() != 'Z') {
        message = receive(CLOSE_TIMEOUT);
      }
    } catch (FarshoreException alreadyBroken) {
      close();
      return;
    }
    close();
  }

  private boolean begins(Duration patience) throws IOException {
    wire.setNetworkTimeout(Math.toIntExact(Math.max(1, patience.toMillis())));
    try {
      wire.peekChar();
    } catch (SocketTimeoutException nothingYet) {
      return false;
    }
    wire.setNetworkTimeout(Math.toIntExact(Sessions.readMillis(endpoint)));
    return true;
  }

  private ByteBuffer receiveBody() throws IOException {
    int length = wire.receiveInteger4() - 4;
    if (length < 0 || length > MESSAGE_BYTES_MAX) {
      throw new IOException("message of impossible length");
    }
    if (length > buffer.length) {
      buffer = new byte[length];
    }
    wire.receive(buffer, 0, length);
    return ByteBuffer.wrap(buffer, 0, length);
  }

  private FarshoreException broken(IOException cause) {
    return new FarshoreException(
        PostgresErrors.UNREACHABLE,
        "connection to PostgreSQL broke",
        Map.of("server", endpoint.toString()),
        cause);
  }
}
