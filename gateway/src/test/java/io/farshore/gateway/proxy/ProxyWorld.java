package io.farshore.gateway.proxy;

import io.farshore.gateway.health.HealthBoard;
import io.farshore.gateway.routing.Routes;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A proxy between a test and its upstreams in us-east and eu-west. */
final class ProxyWorld implements AutoCloseable {
  static final ProxySettings QUICK =
      new ProxySettings(
          64,
          32 * 1024,
          Duration.ofSeconds(1),
          Duration.ofMillis(800),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2));

  final RoutingBoard routing;
  final HealthBoard health;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final ProxyServer proxy;
  private final Vertx vertx;
  private final InetSocketAddress address;

  ProxyWorld(ProxySettings settings, RawUpstream east, RawUpstream west) {
    this(settings, east.address(), west.address());
  }

  ProxyWorld(ProxySettings settings, InetSocketAddress east, InetSocketAddress west) {
    Map<RegionId, InetSocketAddress> upstreams = Map.of(Routes.EAST, east, Routes.WEST, west);
    routing = new RoutingBoard(Routes.decider(), upstreams.keySet());
    health = new HealthBoard(routing, (_, _, _) -> {});
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    proxy = new ProxyServer(vertx, settings, routing, health, registry, upstreams, 1);
    address = proxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    routing.adopt(Routes.route(1, 1, Routes.EAST));
    health.onCheckPassed(Routes.EAST, Duration.ofMillis(1));
    health.onCheckPassed(Routes.WEST, Duration.ofMillis(80));
  }

  RawUpstream.Connection connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(address);
    socket.setSoTimeout(20_000);
    return new RawUpstream.Connection(socket);
  }

  /** Sends {@code request} on a connection of its own and reads one whole response. */
  String ask(String request) throws IOException {
    RawUpstream.Connection client = connect();
    try (client.socket) {
      client.send(request);
      return answer(client);
    }
  }

  static String answer(RawUpstream.Connection client) throws IOException {
    String head = client.readHead();
    if (head == null) {
      return "";
    }
    return head + new String(client.readBody(head), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the condition did not come true in time");
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    proxy.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
