package io.farshore.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.routing.Routes;
import io.farshore.gateway.routing.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Upstreams that die, hang or lie idle too long; clients that leave. */
class ProxyFailureIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

  @Test
  void a_read_that_cannot_connect_is_served_by_another_region() throws Exception {
    try (RawUpstream west = RawUpstream.answering("west");
        Socket nobody = nobody();
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, address(nobody), west.address())) {
      assertThat(world.ask(GET)).endsWith("west").contains("Farshore-Region: eu-west");
      assertThat(world.ask(GET)).endsWith("west");
      assertThat(world.health.of(Routes.EAST).state()).isEqualTo(Upstream.State.SUSPECT);
      assertThat(world.routing.plan().view().current()).isEqualTo(Routes.WEST);
    }
  }

  @Test
  void a_write_that_cannot_connect_is_never_sent_to_another_region() throws Exception {
    try (RawUpstream west = RawUpstream.answering("west");
        Socket nobody = nobody();
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, address(nobody), west.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(world.ask(POST))
            .startsWith("HTTP/1.1 502")
            .contains("upstream-unreachable", "\"retryable\":true");
      }
      assertThat(west.heads).isEmpty();
    }
  }

  @Test
  void a_read_that_gets_no_answer_is_tried_once_elsewhere_and_a_write_never() throws Exception {
    try (RawUpstream east = new RawUpstream((_, _) -> false);
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      assertThat(world.ask(GET)).endsWith("west");
      assertThat(east.heads).hasSize(1);

      assertThat(world.ask(POST))
          .startsWith("HTTP/1.1 502")
          .contains("upstream-failed", "\"retryable\":false");
      assertThat(east.heads).hasSize(2);
      assertThat(west.heads).hasSize(1);
    }
  }

  @Test
  void a_read_is_not_tried_a_third_time() throws Exception {
    try (RawUpstream east = new RawUpstream((_, _) -> false);
        RawUpstream west = new RawUpstream((_, _) -> false);
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      assertThat(world.ask(GET)).startsWith("HTTP/1.1 502").contains("upstream-failed");
      assertThat(east.heads.size() + west.heads.size()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_was_closed_while_idle_costs_a_reader_nothing() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\neast");
                  // Without saying so: the next request may or may not find it closed.
                  return served.incrementAndGet() % 2 == 0;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        for (int i = 0; i < 200; i++) {
          client.send(GET);
          assertThat(ProxyWorld.answer(client)).startsWith("HTTP/1.1 200").endsWith("east");
        }
      }
      assertThat(west.heads).isEmpty();
    }
  }

  @Test
  void an_application_that_does_not_answer_is_a_gateway_timeout() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawUpstream east = silentUntil(end);
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      assertThat(world.ask(POST)).startsWith("HTTP/1.1 504").contains("\"retryable\":false");
      assertThat(world.ask(GET)).startsWith("HTTP/1.1 504").contains("\"retryable\":true");
      ProxyWorld.await(() -> world.routing.plan().view().upstreams().size() == 2);
      end.countDown();
    }
  }

  @Test
  void a_read_that_waits_moves_on_when_its_region_is_found_down() throws Exception {
    ProxySettings patient = settings(Duration.ofSeconds(20));
    CountDownLatch end = new CountDownLatch(1);
    try (RawUpstream east = silentUntil(end);
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(patient, east, west)) {
      CompletableFuture<String> read = async(world, GET);
      ProxyWorld.await(() -> east.heads.size() == 1);
      for (int i = 0; i < 3; i++) {
        world.health.onCheckFailed(Routes.EAST, "no answer");
      }

      assertThat(read.get(10, TimeUnit.SECONDS)).endsWith("west");
      end.countDown();
    }
  }

  @Test
  void a_write_under_way_when_the_writer_moves_is_told_that_nobody_knows() throws Exception {
    ProxySettings patient = settings(Duration.ofSeconds(20));
    CountDownLatch end = new CountDownLatch(1);
    try (RawUpstream east = silentUntil(end);
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(patient, east, west)) {
      CompletableFuture<String> write = async(world, POST);
      ProxyWorld.await(() -> east.heads.size() == 1);
      world.routing.adopt(Routes.route(2, 2, Routes.WEST));

      assertThat(write.get(10, TimeUnit.SECONDS))
          .startsWith("HTTP/1.1 503")
          .contains("writer-moved", "\"retryable\":false");
      assertThat(west.heads).isEmpty();
      assertThat(world.ask(POST)).endsWith("west");
      end.countDown();
    }
  }

  @Test
  void an_upstream_killed_in_the_middle_of_a_body_cuts_the_client_off() throws Exception {
    for (String framing : new String[] {"Content-Length: 1000000", "Transfer-Encoding: chunked"}) {
      CountDownLatch sent = new CountDownLatch(1);
      try (RawUpstream east =
              new RawUpstream(
                  (_, connection) -> {
                    connection.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n5\r\nhello\r\n");
                    sent.countDown();
                    connection.socket.getInputStream().read();
                    return false;
                  });
          RawUpstream west = RawUpstream.answering("west");
          ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
        RawUpstream.Connection client = world.connect();
        try (client.socket) {
          client.send(GET);
          assertThat(client.readHead()).startsWith("HTTP/1.1 200");
          assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
          assertThat(client.in.read()).isEqualTo('5');
          east.kill();
          assertThat(endsEarly(client)).isTrue();
        }
        assertThat(west.heads).isEmpty();
      }
    }
  }

  @Test
  void a_client_that_leaves_takes_its_request_with_it() throws Exception {
    AtomicBoolean noticed = new AtomicBoolean();
    ProxySettings patient = settings(Duration.ofSeconds(20));
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  connection.readBody(head);
                  noticed.set(connection.in.read() < 0);
                  return false;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(patient, east, west)) {
      RawUpstream.Connection client = world.connect();
      client.send(POST);
      ProxyWorld.await(() -> east.heads.size() == 1);
      client.socket.close();

      ProxyWorld.await(noticed::get);
    }
  }

  @Test
  void more_requests_than_the_limit_are_refused_at_once() throws Exception {
    ProxySettings patient = settings(Duration.ofSeconds(20));
    CountDownLatch end = new CountDownLatch(1);
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  end.await(20, TimeUnit.SECONDS);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(patient, east, west)) {
      for (int i = 0; i < patient.requestsMax(); i++) {
        world.connect().send(GET);
      }
      ProxyWorld.await(() -> east.heads.size() == patient.requestsMax());

      assertThat(world.ask(GET)).startsWith("HTTP/1.1 503").contains("gateway-overloaded");
      end.countDown();
      ProxyWorld.await(() -> answered(world));
    }
  }

  /** Reads requests and answers none. */
  private static RawUpstream silentUntil(CountDownLatch end) {
    return new RawUpstream(
        (_, _) -> {
          end.await(20, TimeUnit.SECONDS);
          return false;
        });
  }

  private static boolean answered(ProxyWorld world) {
    try {
      return world.ask(GET).startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_stop_lets_requests_under_way_finish() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  go.await(20, TimeUnit.SECONDS);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(settings(Duration.ofSeconds(20)), east, west)) {
      CompletableFuture<String> read = async(world, GET);
      ProxyWorld.await(() -> east.heads.size() == 1);
      RawUpstream.Connection idle = world.connect();
      Thread stopping = Thread.ofVirtual().start(world.proxy::close);
      try (idle.socket) {
        assertThat(idle.in.read()).as("idle connections are closed first").isEqualTo(-1);
      }
      go.countDown();

      assertThat(read.get(10, TimeUnit.SECONDS)).endsWith("last").contains("Connection: close");
      stopping.join();
    }
  }

  private static ProxySettings settings(Duration response) {
    ProxySettings q = ProxyWorld.QUICK;
    return new ProxySettings(
        q.requestsMax(),
        q.headBytesMax(),
        q.connectTimeout(),
        response,
        q.stallTimeout(),
        q.clientIdleTimeout(),
        q.upstreamIdleTimeout(),
        Duration.ofSeconds(10));
  }

  private static CompletableFuture<String> async(ProxyWorld world, String request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return world.ask(request);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  /** Whether the connection ends, by an end or a reset, before the last chunk. */
  private static boolean endsEarly(RawUpstream.Connection client) {
    try {
      String rest = new String(client.in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return rest.length() < 1_000_000 && !rest.endsWith("0\r\n\r\n");
    } catch (IOException e) {
      return true;
    }
  }

  /** An address that is taken and where nobody listens. */
  private static Socket nobody() throws IOException {
    Socket bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return bound;
  }

  private static InetSocketAddress address(Socket bound) {
    return InetSocketAddress.createUnresolved("127.0.0.1", bound.getLocalPort());
  }
}
