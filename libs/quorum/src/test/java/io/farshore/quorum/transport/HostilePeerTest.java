package io.farshore.quorum.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.QuorumSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches a member's port from others than its members, and in other forms than theirs. */
class HostilePeerTest {
  private static final MemberId SELF = new MemberId("us-east");
  private static final MemberId PEER = new MemberId("eu-west");
  private static final SharedSecret SECRET = SharedSecret.of(new byte[32]);
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
  private TcpLinks links;

  @BeforeEach
  void open() {
    QuorumSettings settings = QuorumSettings.of("group", SELF, new TreeSet<>(List.of(SELF, PEER)));
    SocketAddress nowhere = SocketAddress.inetSocketAddress(1, "127.0.0.1");
    links =
        new TcpLinks(
            vertx,
            settings,
            new LinkSettings(
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                Map.of(PEER, nowhere),
                SECRET,
                Optional.empty()),
            MonotonicClock.system());
    links.open((from, frame) -> received.add(frame));
  }

  @AfterEach
  void close() {
    links.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A peer written without the code it talks to, but for the handshake's own words. */
  private final class Caller implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), links.port());
    private final DataInputStream in = new DataInputStream(socket.getInputStream());
    private final DataOutputStream out = new DataOutputStream(socket.getOutputStream());

    Caller() throws IOException {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    void send(byte[] frame) throws IOException {
      out.writeInt(frame.length);
      out.write(frame);
      out.flush();
    }

    byte[] frame() throws IOException {
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      return frame;
    }

    /** Whether the other side hangs up, whatever it says before. */
    boolean isHungUpOn() throws IOException {
      try {
        in.skipNBytes(Long.MAX_VALUE);
        return false;
      } catch (EOFException e) {
        return true;
      } catch (SocketException e) {
        return true;
      }
    }

    Handshake hello(SharedSecret secret, MemberId from) throws IOException {
      byte[] hello = new Handshake.Hello("group", from, SELF).encode(new byte[32]);
      send(hello);
      byte[] challenge = frame();
      return Handshake.of(secret, hello, Arrays.copyOf(challenge, Handshake.NONCE_BYTES));
    }

    SealedFrames proved() throws IOException {
      Handshake handshake = hello(SECRET, PEER);
      send(handshake.callerProof());
      return handshake.callerFrames();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static byte[] data(String content) {
    byte[] bytes = ("x" + content).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    bytes[0] = OutboundLink.DATA;
    return bytes;
  }

  @Test
  void a_member_that_proves_itself_is_heard() throws Exception {
    try (Caller caller = new Caller()) {
      SealedFrames frames = caller.proved();
      caller.send(frames.seal(data("hello")));

      Cluster.await(() -> !received.isEmpty());
      assertThat(new String(received.remove(), java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("hello");
      assertThat(links.reachable()).containsExactly(PEER);
    }
  }

  @Test
  void a_caller_without_the_secret_is_hung_up_on() throws Exception {
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    try (Caller caller = new Caller()) {
      Handshake handshake = caller.hello(SharedSecret.of(wrong), PEER);
      caller.send(handshake.callerProof());

      assertThat(caller.isHungUpOn()).isTrue();
    }
    assertThat(links.traffic().rejected()).isEqualTo(1);
  }

  @Test
  void a_stranger_is_hung_up_on_before_any_proof() throws Exception {
    try (Caller caller = new Caller()) {
      caller.send(
          new Handshake.Hello("group", new MemberId("stranger"), SELF).encode(new byte[32]));

      assertThat(caller.isHungUpOn()).isTrue();
    }
  }

  @Test
  void what_was_recorded_on_one_connection_is_refused_on_another() throws Exception {
    byte[] hello = new Handshake.Hello("group", PEER, SELF).encode(new byte[32]);
    byte[] proof;
    try (Caller caller = new Caller()) {
      caller.send(hello);
      byte[] challenge = caller.frame();
      proof =
          Handshake.of(SECRET, hello, Arrays.copyOf(challenge, Handshake.NONCE_BYTES))
              .callerProof();
      caller.send(proof);
      Cluster.await(() -> !links.reachable().isEmpty());
    }
    try (Caller replay = new Caller()) {
      replay.send(hello);
      assertThat(replay.frame()).isNotEmpty();
      replay.send(proof);

      assertThat(replay.isHungUpOn()).isTrue();
    }
  }

  @Test
  void a_frame_repeated_changed_or_left_out_ends_the_connection() throws Exception {
    for (String fault : List.of("repeated", "changed", "left out")) {
      try (Caller caller = new Caller()) {
        SealedFrames frames = caller.proved();
        byte[] first = frames.seal(data("1"));
        byte[] second = frames.seal(data("2"));
        switch (fault) {
          case "repeated" -> {
            caller.send(first);
            caller.send(first);
          }
          case "changed" -> {
            first[1] ^= 1;
            caller.send(first);
          }
          default -> caller.send(second);
        }

        assertThat(caller.isHungUpOn()).as(fault).isTrue();
      }
    }
    assertThat(received).hasSize(1);
  }

  @Test
  void garbage_of_any_kind_ends_the_connection_and_is_counted() throws Exception {
    Random random = new Random(4);
    int rounds = 40;
    for (int i = 0; i < rounds; i++) {
      byte[] garbage = new byte[600 + random.nextInt(600)];
      random.nextBytes(garbage);
      // A first length of at most 511 is followed by a frame that cannot be a greeting.
      try (Caller caller = new Caller()) {
        caller.out.write(garbage);
        caller.out.flush();
        caller.socket.shutdownOutput();
        assertThat(caller.isHungUpOn()).isTrue();
      }
    }
    assertThat(links.traffic().rejected()).isEqualTo(rounds);
    assertThat(received).isEmpty();
  }

  @Test
  void a_length_beyond_the_limit_is_not_waited_for() throws Exception {
    try (Caller caller = new Caller()) {
      caller.out.writeInt(Integer.MAX_VALUE);
      caller.out.flush();

      assertThat(caller.isHungUpOn()).isTrue();
    }
  }

  @Test
  void a_caller_that_says_nothing_is_hung_up_on() throws Exception {
    try (Caller caller = new Caller()) {
      assertThat(caller.isHungUpOn()).isTrue();
    }
  }

  @Test
  void a_newer_connection_of_a_member_replaces_the_older() throws Exception {
    try (Caller older = new Caller();
        Caller newer = new Caller()) {
      SealedFrames ignored = older.proved();
      Cluster.await(() -> !links.reachable().isEmpty());
      SealedFrames frames = newer.proved();
      newer.send(frames.seal(data("new")));

      assertThat(older.isHungUpOn()).isTrue();
      Cluster.await(() -> received.size() == 1);
    }
  }
}
