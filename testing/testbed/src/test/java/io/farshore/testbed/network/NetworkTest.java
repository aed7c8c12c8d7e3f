package io.farshore.testbed.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.testbed.layout.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SHORT_MILLIS = 200;

  private final Network network = new Network();
  private EchoServer server;
  private int door;

  NetworkTest() throws IOException {
    server = new EchoServer();
  }

  @BeforeEach
  void open() throws IOException {
    door = new Ports(new Random()).take();
    network.connect("east", door, "west", server.port());
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    server.close();
  }

  @Test
  void bytesArriveInOrderHoweverManyThereAre() throws Exception {
    network.roundTrip(Duration.ofMillis(2), Duration.ofMillis(3));
    byte[] sent = new byte[3_000_000];
    new Random(7).nextBytes(sent);
    try (Socket caller = call()) {
      Thread sender = Thread.ofVirtual().start(() -> send(caller, sent));
      byte[] received = caller.getInputStream().readNBytes(sent.length);
      sender.join();
      assertThat(Arrays.equals(received, sent)).isTrue();
    }
  }

  @Test
  void roundTripTakesAtLeastTheTimeThatWasSet() throws Exception {
    network.roundTrip(Duration.ofMillis(80), Duration.ZERO);
    try (Socket caller = call()) {
      ping(caller, PATIENCE_MILLIS);
      long began = System.nanoTime();
      ping(caller, PATIENCE_MILLIS);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }
  }

  @Test
  void cutLinkKeepsBytesUntilItIsHealed() throws Exception {
    try (Socket caller = call()) {
      ping(caller, PATIENCE_MILLIS);
      network.cut("east", "west");
      assertThatThrownBy(() -> ping(caller, SHORT_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);

      network.heal();

      caller.setSoTimeout(PATIENCE_MILLIS);
      assertThat(caller.getInputStream().read()).isEqualTo(42);
    }
  }

  @Test
  void oneWayCutStopsAnswersAndLetsRequestsThrough() throws Exception {
    try (Socket caller = call()) {
      ping(caller, PATIENCE_MILLIS);
      network.link("west", "east").cut();
      assertThatThrownBy(() -> ping(caller, SHORT_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);
      network.heal();
      caller.setSoTimeout(PATIENCE_MILLIS);
      assertThat(caller.getInputStream().read()).isEqualTo(42);
    }
  }

  @Test
  void connectionMadeWhileCutWorksAfterHealing() throws Exception {
    network.isolate("west");
    try (Socket caller = call()) {
      assertThatThrownBy(() -> ping(caller, SHORT_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);
      network.heal();
      caller.setSoTimeout(PATIENCE_MILLIS);
      assertThat(caller.getInputStream().read()).isEqualTo(42);
    }
  }

  @Test
  void drippingLinkTakesItsTime() throws Exception {
    network.link("east", "west").drip(10_000);
    try (Socket caller = call()) {
      long began = System.nanoTime();
      send(caller, new byte[4_000]);
      caller.setSoTimeout(PATIENCE_MILLIS);
      caller.getInputStream().readNBytes(4_000);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(390));
    }
  }

  @Test
  void deadServerLooksLikeARefusedConnection() throws Exception {
    server.close();
    try (Socket caller = call()) {
      caller.setSoTimeout(PATIENCE_MILLIS);
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void endOfStreamTravels() throws Exception {
    try (Socket caller = call()) {
      send(caller, new byte[] {1, 2, 3});
      caller.shutdownOutput();
      caller.setSoTimeout(PATIENCE_MILLIS);
      assertThat(caller.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  private Socket call() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door);
  }

  private static void ping(Socket caller, int patienceMillis) throws IOException {
    caller.setSoTimeout(patienceMillis);
    send(caller, new byte[] {42});
    assertThat(caller.getInputStream().read()).isEqualTo(42);
  }

  private static void send(Socket caller, byte[] bytes) {
    try {
      caller.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
