package io.farshore.gateway.proxy;

import io.farshore.gateway.health.HealthBoard;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Listens for clients and spreads them over the event loops. Started and stopped once. */
public final class ProxyServer implements AutoCloseable {
  public static final ErrorCode LISTEN_FAILED =
      ErrorCode.permanent("listen-failed", ErrorCategory.UNAVAILABLE);

  private static final int BACKLOG = 1024;
  private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final VertxInternal vertx;
  private final ProxySettings settings;
  private final Map<RegionId, InetSocketAddress> upstreams;
  private final List<ProxyLoop> loops = new ArrayList<>();
  private @Nullable ServerChannel server;

  /**
   * @param upstreams where each region's application listens; unresolved, so that names are looked
   *     up anew for each connection
   * @param threads event loops to use; one for each core is best
   */
  public ProxyServer(
      Vertx vertx,
      ProxySettings settings,
      RoutingBoard routing,
      HealthBoard health,
      MeterRegistry registry,
      Map<RegionId, InetSocketAddress> upstreams,
      int threads) {
    this.vertx = (VertxInternal) vertx;
    this.settings = settings;
    this.upstreams = Map.copyOf(upstreams);
    ProxyMeters meters = new ProxyMeters(registry);
    int share = Math.max(1, settings.requestsMax() / threads);
    for (int i = 0; i < threads; i++) {
      loops.add(
          new ProxyLoop(
              this.vertx.getEventLoopGroup().next(), settings, routing, health, meters, share));
    }
  }

  /**
   * Listens.
   *
   * @return where; with a free port if {@code listen} has port 0
   * @throws FarshoreException {@code listen-failed}
   */
  public InetSocketAddress start(InetSocketAddress listen) {
    loops.forEach(loop -> loop.start(upstreams.keySet(), this::bootstrap));
    ServerChannel channel = vertx.transport().serverChannelFactory(false).newChannel();
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    channel.pipeline().addLast("acceptor", new Acceptor(loops, settings));
    var bound =
        vertx
            .getAcceptorEventLoopGroup()
            .register(channel)
            .awaitUninterruptibly()
            .channel()
            .bind(listen)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var _ = channel.close();
      throw new FarshoreException(
          LISTEN_FAILED,
          "The data plane cannot listen",
          Map.of(
              "property", "farshore.gateway.listen",
              "address", listen.toString(),
              "error", String.valueOf(bound.cause().getMessage())),
          bound.cause());
    }
    server = channel;
    return (InetSocketAddress) channel.localAddress();
  }

  private Bootstrap bootstrap(RegionId region) {
    return new Bootstrap()
        .channelFactory(vertx.transport().channelFactory(false))
        .resolver(vertx.nettyAddressResolverGroup())
        .remoteAddress(upstreams.get(region))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Acceptor.WAITING_BYTES)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(settings.connectTimeout().toMillis()));
  }

  /** Stops listening, lets requests under way finish within the drain time-out, closes the rest. */
  @Override
  public void close() {
    ServerChannel listening = server;
    if (listening == null) {
      return;
    }
    server = null;
    listening.close().awaitUninterruptibly();
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    while (!drained() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
    loops.forEach(loop -> loop.eventLoop().submit(loop::close).awaitUninterruptibly());
  }

  private boolean drained() {
    boolean drained = true;
    for (ProxyLoop loop : loops) {
      drained &= loop.eventLoop().submit(loop::drain).awaitUninterruptibly().getNow();
    }
    return drained;
  }
}
