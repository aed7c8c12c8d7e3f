package io.farshore.quorum.transport;

import static java.lang.System.Logger.Level.DEBUG;

import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.wire.MalformedBytesException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * This member's connection to one other: made, proved, kept alive and made again. Everything but
 * {@link #send} happens on one Vert.x context.
 */
final class OutboundLink {
  /** First byte of a frame from caller to listener. */
  static final byte DATA = 0;

  static final byte PING = 1;

  private static final byte[] PING_FRAME = {PING};
  private static final int SOCKET_QUEUE_BYTES = 1024 * 1024;
  private static final System.Logger LOG = System.getLogger(OutboundLink.class.getName());

  private final Vertx vertx;
  private final Context context;
  private final NetClient client;
  private final SocketAddress address;
  private final Handshake.Hello hello;
  private final SharedSecret secret;
  private final SecureRandom random;
  private final MonotonicClock clock;
  private final OutboundQueue queue;
  private final LinkCounters counters;
  private final AtomicBoolean drainAsked = new AtomicBoolean();

  private @Nullable Connection connection;
  private Duration reconnectAfter = LinkTimes.RECONNECT_AFTER_MIN;
  private boolean closed;

  OutboundLink(
      Vertx vertx,
      NetClient client,
      SocketAddress address,
      Handshake.Hello hello,
      SharedSecret secret,
      SecureRandom random,
      MonotonicClock clock,
      LinkCounters counters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.client = client;
    this.address = address;
    this.hello = hello;
    this.secret = secret;
    this.random = random;
    this.clock = clock;
    this.queue = new OutboundQueue(clock, counters);
    this.counters = counters;
  }

  void open() {
    context.runOnContext(unused -> connect());
  }

  void send(byte[] frame) {
    queue.add(frame);
    if (drainAsked.compareAndSet(false, true)) {
      context.runOnContext(
          unused -> {
            drainAsked.set(false);
            drain();
          });
    }
  }

  void close() {
    context.runOnContext(
        unused -> {
          closed = true;
          if (connection != null) {
            connection.end();
          }
        });
  }

  private void connect() {
    if (closed) {
      return;
    }
    client
        .connect(address)
        .onSuccess(
            socket -> {
              if (closed) {
                socket.close();
              } else {
                connection = new Connection(socket);
              }
            })
        .onFailure(
            failure -> {
              LOG.log(DEBUG, "a member cannot be reached", failure);
              connectLater();
            });
  }

  private void connectLater() {
    if (closed) {
      return;
    }
    vertx.setTimer(reconnectAfter.toMillis(), unused -> context.runOnContext(x -> connect()));
    Duration doubled = reconnectAfter.multipliedBy(2);
    reconnectAfter =
        doubled.compareTo(LinkTimes.RECONNECT_AFTER_MAX) < 0
            ? doubled
            : LinkTimes.RECONNECT_AFTER_MAX;
  }

  private void drain() {
    if (connection != null) {
      connection.drain();
    }
  }

  /** One TCP connection, from its first byte to its end. */
  private final class Connection {
    private final NetSocket socket;
    private final Framing framing;
    private final byte[] helloMessage;
    private final long timer;
    private MonotonicInstant lastHeard = clock.now();
    private @Nullable SealedFrames outgoing;
    private @Nullable SealedFrames incoming;

    Connection(NetSocket socket) {
      this.socket = socket;
      this.framing = new Framing(socket, Handshake.MESSAGE_BYTES_MAX, this::onFrame, this::end);
      byte[] nonce = new byte[Handshake.NONCE_BYTES];
      random.nextBytes(nonce);
      this.helloMessage = hello.encode(nonce);
      socket.setWriteQueueMaxSize(SOCKET_QUEUE_BYTES);
      socket.handler(framing);
      socket.exceptionHandler(failure -> LOG.log(DEBUG, "a link to a member broke", failure));
      socket.drainHandler(unused -> drain());
      socket.closeHandler(unused -> onClose());
      this.timer = vertx.setPeriodic(LinkTimes.PING_PERIOD.toMillis(), unused -> onTimer());
      socket.write(Framing.frame(helloMessage));
    }

    private void onFrame(byte[] frame) {
      try {
        if (incoming == null) {
          onChallenge(frame);
        } else {
          byte[] ignored = incoming.unseal(frame);
          lastHeard = clock.now();
        }
      } catch (MalformedBytesException e) {
        LOG.log(DEBUG, "a listener could not prove itself", e);
        counters.rejected.increment();
        end();
      }
    }

    private void onChallenge(byte[] frame) {
      if (frame.length != Handshake.NONCE_BYTES + SealedFrames.SEAL_BYTES) {
        throw new MalformedBytesException("not a challenge");
      }
      byte[] nonce = Arrays.copyOf(frame, Handshake.NONCE_BYTES);
      byte[] proof = Arrays.copyOfRange(frame, Handshake.NONCE_BYTES, frame.length);
      Handshake handshake = Handshake.of(secret, helloMessage, nonce);
      if (!Handshake.proves(handshake.listenerProof(), proof)) {
        throw new MalformedBytesException("wrong proof");
      }
      socket.write(Framing.frame(handshake.callerProof()));
      incoming = handshake.listenerFrames();
      outgoing = handshake.callerFrames();
      lastHeard = clock.now();
      reconnectAfter = LinkTimes.RECONNECT_AFTER_MIN;
      ping();
      drain();
    }

    private void drain() {
      SealedFrames seal = outgoing;
      if (seal == null) {
        return;
      }
      while (!socket.writeQueueFull()) {
        byte[] frame = queue.poll().orElse(null);
        if (frame == null) {
          return;
        }
        byte[] content = new byte[frame.length + 1];
        content[0] = DATA;
        System.arraycopy(frame, 0, content, 1, frame.length);
        socket.write(Framing.frame(seal.seal(content)));
        counters.sent.increment();
      }
    }

    private void onTimer() {
      if (clock.now().since(lastHeard).compareTo(LinkTimes.SILENCE_MAX) > 0) {
        end();
      } else {
        ping();
      }
    }

    private void ping() {
      if (outgoing != null && !socket.writeQueueFull()) {
        socket.write(Framing.frame(outgoing.seal(PING_FRAME)));
      }
    }

    private void end() {
      socket.close();
    }

    private void onClose() {
      vertx.cancelTimer(timer);
      if (connection == this) {
        connection = null;
        connectLater();
      }
    }
  }
}
