package io.farshore.quorum.transport;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.wire.MalformedBytesException;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections others make to this member. A member has one at a time: its newest, so that
 * frames of an older one cannot come after.
 */
final class InboundLinks {
  /** Strangers may not use up this member's sockets. */
  static final int UNPROVED_MAX = 64;

  private static final byte[] PONG_FRAME = {2};
  private static final System.Logger LOG = System.getLogger(InboundLinks.class.getName());

  private final Vertx vertx;
  private final String group;
  private final MemberId self;
  private final Set<MemberId> members;
  private final SharedSecret secret;
  private final SecureRandom random;
  private final MonotonicClock clock;
  private final LinkCounters counters;
  private final BiConsumer<MemberId, byte[]> receiver;
  private final AtomicInteger unproved = new AtomicInteger();
  private final Map<MemberId, Connection> connections = new ConcurrentHashMap<>();
  private final Map<MemberId, MonotonicInstant> lastHeard = new ConcurrentHashMap<>();

  InboundLinks(
      Vertx vertx,
      String group,
      MemberId self,
      Set<MemberId> members,
      SharedSecret secret,
      SecureRandom random,
      MonotonicClock clock,
      LinkCounters counters,
      BiConsumer<MemberId, byte[]> receiver) {
    this.vertx = vertx;
    this.group = group;
    this.self = self;
    this.members = members;
    this.secret = secret;
    this.random = random;
    this.clock = clock;
    this.counters = counters;
    this.receiver = receiver;
  }

  void onConnection(NetSocket socket) {
    if (unproved.incrementAndGet() > UNPROVED_MAX) {
      unproved.decrementAndGet();
      counters.rejected.increment();
      socket.close();
      return;
    }
    Connection ignored = new Connection(socket);
  }

  SortedSet<MemberId> reachable() {
    MonotonicInstant now = clock.now();
    SortedSet<MemberId> reachable = new TreeSet<>();
    lastHeard.forEach(
        (member, heard) -> {
          if (now.since(heard).compareTo(LinkTimes.REACHABLE_WITHIN) <= 0) {
            reachable.add(member);
          }
        });
    return reachable;
  }

  /** One TCP connection, on the Vert.x context of its socket. */
  private final class Connection {
    private final NetSocket socket;
    private final Framing framing;
    private final long handshakeTimer;
    private boolean counted = true;
    private Handshake.@Nullable Hello hello;
    private @Nullable Handshake handshake;
    private @Nullable MemberId peer;
    private @Nullable SealedFrames incoming;
    private @Nullable SealedFrames outgoing;

    Connection(NetSocket socket) {
      this.socket = socket;
      this.framing = new Framing(socket, Handshake.MESSAGE_BYTES_MAX, this::onFrame, this::reject);
      this.handshakeTimer =
          vertx.setTimer(LinkTimes.CONNECT_TIMEOUT.toMillis(), unused -> reject());
      socket.exceptionHandler(failure -> LOG.log(DEBUG, "a member's link broke", failure));
      socket.closeHandler(unused -> onClose());
      socket.handler(framing);
    }

    private void onFrame(byte[] frame) {
      try {
        if (hello == null) {
          onHello(frame);
        } else if (peer == null) {
          onProof(frame);
        } else {
          onSealed(frame);
        }
      } catch (MalformedBytesException e) {
        reject();
        // Seldom and seldom again, so that strangers cannot fill the log.
        if (Long.bitCount(counters.rejected.sum()) == 1) {
          LOG.log(WARNING, "a connection to the quorum was refused", e);
        }
      }
    }

    private void onHello(byte[] message) {
      Handshake.Hello said = Handshake.Hello.decode(message);
      if (!said.group().equals(group)
          || !said.to().equals(self)
          || said.from().equals(self)
          || !members.contains(said.from())) {
        throw new MalformedBytesException("a caller that means somebody else");
      }
      byte[] nonce = new byte[Handshake.NONCE_BYTES];
      random.nextBytes(nonce);
      Handshake now = Handshake.of(secret, message, nonce);
      byte[] proof = now.listenerProof();
      byte[] answer = new byte[nonce.length + proof.length];
      System.arraycopy(nonce, 0, answer, 0, nonce.length);
      System.arraycopy(proof, 0, answer, nonce.length, proof.length);
      socket.write(Framing.frame(answer));
      hello = said;
      handshake = now;
    }

    private void onProof(byte[] message) {
      Handshake now = handshake;
      Handshake.Hello said = hello;
      if (now == null || said == null || !Handshake.proves(now.callerProof(), message)) {
        throw new MalformedBytesException("a caller that does not know the secret");
      }
      vertx.cancelTimer(handshakeTimer);
      uncount();
      framing.allowLargeFrames();
      incoming = now.callerFrames();
      outgoing = now.listenerFrames();
      peer = said.from();
      lastHeard.put(said.from(), clock.now());
      Connection older = connections.put(said.from(), this);
      if (older != null) {
        older.socket.close();
      }
    }

    private void onSealed(byte[] frame) {
      SealedFrames in = incoming;
      SealedFrames out = outgoing;
      MemberId from = peer;
      if (in == null || out == null || from == null || connections.get(from) != this) {
        return;
      }
      byte[] content = in.unseal(frame);
      if (content.length == 0) {
        throw new MalformedBytesException("an empty frame");
      }
      lastHeard.put(from, clock.now());
      switch (content[0]) {
        case OutboundLink.PING -> {
          if (!socket.writeQueueFull()) {
            socket.write(Framing.frame(out.seal(PONG_FRAME)));
          }
        }
        case OutboundLink.DATA -> {
          counters.received.increment();
          receiver.accept(from, Arrays.copyOfRange(content, 1, content.length));
        }
        default -> throw new MalformedBytesException("unknown kind of sealed frame");
      }
    }

    private void reject() {
      counters.rejected.increment();
      socket.close();
    }

    private void uncount() {
      if (counted) {
        counted = false;
        unproved.decrementAndGet();
      }
    }

    private void onClose() {
      vertx.cancelTimer(handshakeTimer);
      uncount();
      if (peer != null) {
        connections.remove(peer, this);
      }
    }
  }
}
