package io.farshore.gateway.proxy;

import io.farshore.kernel.RegionId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One event loop's connections to one region. Used on that loop only. */
final class UpstreamPool {
  /** Idle connections kept; more are closed as they come back. */
  private static final int IDLE_MAX = 512;

  private final ProxyLoop loop;
  private final RegionId region;
  private final Bootstrap bootstrap;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();

  UpstreamPool(ProxyLoop loop, RegionId region, Bootstrap bootstrap) {
    this.loop = loop;
    this.region = region;
    this.bootstrap = bootstrap;
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            StrictResponseDecoder decoder =
                new StrictResponseDecoder(loop.settings().headBytesMax());
            channel
                .pipeline()
                .addLast("decoder", decoder)
                .addLast("upstream", new UpstreamConnection(UpstreamPool.this, channel, decoder));
          }
        });
  }

  RegionId region() {
    return region;
  }

  ProxyLoop loop() {
    return loop;
  }

  /** The connection used last that is still open; null if there is none. */
  @Nullable UpstreamConnection takeIdle() {
    for (UpstreamConnection connection = idle.pollLast();
        connection != null;
        connection = idle.pollLast()) {
      if (connection.usable()) {
        return connection;
      }
      connection.close();
    }
    return null;
  }

  /** Connects, and tells {@code exchange} of the outcome. */
  void connect(Exchange exchange) {
    ChannelFuture connecting = bootstrap.connect();
    var _ =
        connecting.addListener(
            _ -> {
              if (!connecting.isSuccess()) {
                loop.health().onConnectFailed(region, describe(connecting.cause()));
                exchange.onConnectFailed();
                return;
              }
              loop.health().onConnected(region);
              UpstreamConnection connection =
                  connecting.channel().pipeline().get(UpstreamConnection.class);
              if (!exchange.onConnected(connection)) {
                release(connection);
              }
            });
  }

  private static String describe(Throwable cause) {
    return cause.getClass().getSimpleName();
  }

  void release(UpstreamConnection connection) {
    if (idle.size() >= IDLE_MAX || !connection.usable()) {
      connection.close();
      return;
    }
    connection.idleSince(loop.now());
    idle.addLast(connection);
  }

  /** A connection that waited here was closed by the other side. */
  void forget(UpstreamConnection connection) {
    idle.remove(connection);
  }

  /** Closes what has waited too long; the oldest are in front. */
  void sweep(long idleBefore) {
    for (UpstreamConnection oldest = idle.peekFirst();
        oldest != null && oldest.idleSince() - idleBefore < 0;
        oldest = idle.peekFirst()) {
      idle.removeFirst();
      oldest.close();
    }
  }

  /** Closes everything idle: the region is down, or the process ends. */
  void clear() {
    for (UpstreamConnection connection = idle.pollFirst();
        connection != null;
        connection = idle.pollFirst()) {
      connection.close();
    }
  }
}
