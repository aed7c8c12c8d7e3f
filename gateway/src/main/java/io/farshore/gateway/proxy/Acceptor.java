package io.farshore.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hands accepted connections to the event loops in turn. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  /** What may wait in memory for a slow reader, for each connection and direction. */
  static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private static final long PAUSE_SECONDS = 1;

  private final List<ProxyLoop> loops;
  private final ProxySettings settings;
  private int next;

  Acceptor(List<ProxyLoop> loops, ProxySettings settings) {
    this.loops = loops;
    this.settings = settings;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel client = (Channel) accepted;
    ProxyLoop loop = loops.get(next);
    next = (next + 1) % loops.size();
    client.config().setOption(ChannelOption.TCP_NODELAY, true);
    client.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    client.config().setWriteBufferWaterMark(WAITING_BYTES);
    client
        .pipeline()
        .addLast("decoder", new StrictRequestDecoder(settings.headBytesMax()))
        .addLast("client", new ClientConnection(loop, client));
    var _ = loop.eventLoop().register(client);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Most likely out of file descriptors: give those in use a moment to be closed.
    if (context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(false);
      var _ =
          context
              .channel()
              .eventLoop()
              .schedule(
                  () -> context.channel().config().setAutoRead(true),
                  PAUSE_SECONDS,
                  TimeUnit.SECONDS);
    }
  }
}
