package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to an upstream: idle in its pool, or serving one exchange. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final UpstreamPool pool;
  private final Channel channel;
  private final StrictResponseDecoder decoder;
  private @Nullable Exchange exchange;

  /** A request's head that waits for the first piece of its body, to be written with it. */
  private @Nullable ByteBuf head;

  private boolean informational;
  private boolean broken;
  private long idleSince;

  UpstreamConnection(UpstreamPool pool, Channel channel, StrictResponseDecoder decoder) {
    this.pool = pool;
    this.channel = channel;
    this.decoder = decoder;
  }

  boolean usable() {
    return channel.isActive() && !broken;
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long now) {
    idleSince = now;
  }

  ByteBuf buffer(int bytes) {
    return channel.alloc().directBuffer(bytes);
  }

  /** Begins a request; its head goes out with its first piece of body or with the next flush. */
  void begin(Exchange next, ByteBuf requestHead, boolean answersHead) {
    exchange = next;
    head = requestHead;
    decoder.answersHead(answersHead);
  }

  void write(BodyFraming framing, HttpContent content) {
    ByteBuf before = head;
    if (before == null) {
      framing.write(channel, content);
    } else {
      head = null;
      framing.write(channel, before, content);
    }
  }

  void flush() {
    ByteBuf alone = head;
    if (alone != null) {
      head = null;
      var _ = channel.write(alone, channel.voidPromise());
    }
    channel.flush();
  }

  boolean writable() {
    return channel.isWritable();
  }

  void read(boolean wanted) {
    if (channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  /** The exchange is over and wants nothing more of this connection. */
  void close() {
    exchange = null;
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Exchange serving = exchange;
    if (serving == null || broken) {
      // Nobody asked: whatever this is, the next response could not be told from it.
      ReferenceCountUtil.release(message);
      broken = true;
      var _ = channel.close();
      return;
    }
    if (message instanceof HttpResponse response) {
      onHead(serving, response);
    } else if (message instanceof HttpContent content) {
      onBody(serving, content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHead(Exchange serving, HttpResponse response) {
    int status = response.status().code();
    if (response.decoderResult().isFailure()
        || status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()
        || !framingIsPlain(response)) {
      fail(serving);
      return;
    }
    informational = status < 200;
    if (informational) {
      serving.onInformational(response);
    } else {
      serving.onResponse(response);
    }
  }

  private static boolean framingIsPlain(HttpResponse response) {
    return !response.headers().contains("transfer-encoding")
        || RequestChecks.chunkedAlone(response.headers());
  }

  private void onBody(Exchange serving, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      fail(serving);
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (informational) {
      content.release();
      informational = !last;
      return;
    }
    if (!last) {
      serving.onResponseBody(content);
      return;
    }
    exchange = null;
    boolean reusable = serving.onResponseEnd(content);
    if (reusable && usable()) {
      read(true);
      pool.release(this);
    } else {
      var _ = channel.close();
    }
    serving.finished();
  }

  private void fail(Exchange serving) {
    broken = true;
    exchange = null;
    var _ = channel.close();
    serving.onInvalidResponse();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    Exchange serving = exchange;
    if (serving != null) {
      serving.flushResponse();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Exchange serving = exchange;
    if (serving != null) {
      serving.onUpstreamWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ByteBuf unsent = head;
    if (unsent != null) {
      head = null;
      unsent.release();
    }
    Exchange serving = exchange;
    if (serving == null) {
      pool.forget(this);
      return;
    }
    exchange = null;
    serving.onUpstreamLost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset is not an orderly end: a body that runs to the end of the connection is cut short.
    broken = true;
    Exchange serving = exchange;
    exchange = null;
    var _ = channel.close();
    if (serving != null) {
      serving.onUpstreamLost();
    }
  }
}
