package io.farshore.quorum.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quorum.QuorumSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A peer that takes nothing: it costs memory up to a bound, and nobody waits for it. */
class PausedPeerTest {
  private static final MemberId SELF = new MemberId("us-east");
  private static final MemberId PEER = new MemberId("eu-west");
  private static final SharedSecret SECRET = SharedSecret.of(new byte[32]);
  private static final int FRAMES = 6_000;

  @Test
  void sending_to_a_peer_that_reads_nothing_drops_the_oldest() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TcpLinks links = links(vertx, listener.getLocalPort());
      links.open((from, frame) -> {});
      try (Socket peer = listener.accept()) {
        greet(peer);
        for (int i = 0; i < FRAMES; i++) {
          links.send(PEER, new byte[10_000]);
        }

        Cluster.await(
            () ->
                links.traffic().sent() + links.traffic().dropped()
                    >= FRAMES - OutboundQueue.FRAMES_MAX);
        assertThat(links.traffic().sent()).isPositive();
        assertThat(links.traffic().dropped()).isPositive();
      } finally {
        links.close();
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void frames_too_old_or_too_many_are_dropped_and_counted() {
    AtomicLong nanos = new AtomicLong();
    MonotonicClock clock = () -> new MonotonicInstant("test", nanos.get());
    LinkCounters counters = new LinkCounters();
    OutboundQueue queue = new OutboundQueue(clock, counters);
    for (int i = 0; i < OutboundQueue.FRAMES_MAX + 3; i++) {
      queue.add(new byte[] {(byte) i});
    }
    assertThat(counters.traffic().dropped()).isEqualTo(3);
    assertThat(queue.poll()).contains(new byte[] {3});

    nanos.addAndGet(LinkTimes.FRAME_AGE_MAX.plus(Duration.ofMillis(1)).toNanos());
    queue.add(new byte[] {42});

    assertThat(queue.poll()).contains(new byte[] {42});
    assertThat(queue.poll()).isEmpty();
    assertThat(counters.traffic().dropped()).isEqualTo(OutboundQueue.FRAMES_MAX + 2);
  }

  @Test
  void large_frames_are_bounded_by_their_bytes() {
    LinkCounters counters = new LinkCounters();
    OutboundQueue queue = new OutboundQueue(MonotonicClock.system(), counters);
    for (int i = 0; i < 20; i++) {
      queue.add(new byte[1024 * 1024]);
    }

    assertThat(counters.traffic().dropped()).isEqualTo(4);
  }

  private static TcpLinks links(Vertx vertx, int peerPort) {
    return new TcpLinks(
        vertx,
        QuorumSettings.of("group", SELF, new TreeSet<>(List.of(SELF, PEER))),
        new LinkSettings(
            SocketAddress.inetSocketAddress(0, "127.0.0.1"),
            Map.of(PEER, SocketAddress.inetSocketAddress(peerPort, "127.0.0.1")),
            SECRET,
            Optional.empty()),
        MonotonicClock.system());
  }

  /** The listener's side of the handshake; after it the peer reads no more. */
  private static void greet(Socket peer) throws Exception {
    DataInputStream in = new DataInputStream(peer.getInputStream());
    DataOutputStream out = new DataOutputStream(peer.getOutputStream());
    byte[] hello = in.readNBytes(in.readInt());
    byte[] nonce = new byte[Handshake.NONCE_BYTES];
    byte[] proof = Handshake.of(SECRET, hello, nonce).listenerProof();
    out.writeInt(nonce.length + proof.length);
    out.write(nonce);
    out.write(proof);
    out.flush();
  }
}
