package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: one exchange after the other. Requests sent ahead wait in a queue no
 * longer than one socket read, because reading stops while something waits.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** A refused request's body is read away up to this size, so that the connection can stay. */
  private static final int DISCARD_BYTES_MAX = 64 * 1024;

  /** How long a client that is told to go may still send, so that it reads the last answer. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  private final ProxyLoop loop;
  private final Channel channel;
  private final ArrayDeque<HttpObject> queue = new ArrayDeque<>();
  private final Forwarding forwarding;
  private @Nullable Exchange exchange;

  /** A response's head that waits for the first piece of its body, to be written with it. */
  private @Nullable ByteBuf head;

  private boolean unflushed;
  private boolean closeAfter;
  private long discardable;
  private boolean closing;
  private long since;

  /** Neighbours in the event loop's list of its clients. */
  @Nullable ClientConnection previous;

  @Nullable ClientConnection next;

  ClientConnection(ProxyLoop loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
    this.forwarding = new Forwarding(channel.remoteAddress());
    this.since = loop.now();
  }

  Forwarding forwarding() {
    return forwarding;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    loop.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpObject object) || closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!queue.isEmpty() || (exchange != null && object instanceof HttpRequest)) {
      queue.add(object);
      updateRead();
    } else {
      take(object);
    }
  }

  private void take(HttpObject object) {
    if (object instanceof HttpRequest request) {
      begin(request);
    } else if (object instanceof HttpContent content) {
      takeBody(content);
    }
  }

  private void begin(HttpRequest request) {
    ProxyProblem malformed = RequestChecks.problem(request);
    if (malformed != null) {
      refuse(malformed, request, true);
      return;
    }
    ProxyProblem refusal = loop.admit(this, request);
    if (refusal != null) {
      // A client that asked whether to send its body may send it or not: the next message's begin
      // could not be found.
      refuse(refusal, request, HttpUtil.is100ContinueExpected(request));
    }
  }

  /** The request was let in. */
  void serve(Exchange admitted) {
    exchange = admitted;
    admitted.start();
  }

  private void takeBody(HttpContent content) {
    Exchange serving = exchange;
    if (serving == null) {
      discard(content);
      return;
    }
    if (content.decoderResult().isFailure()) {
      content.release();
      closeAfter = true;
      serving.fail(ProxyProblem.MALFORMED);
      return;
    }
    serving.onRequestBody(content);
    if (!serving.wantsRequestBody()) {
      updateRead();
    }
  }

  private void discard(HttpContent content) {
    boolean failed = content.decoderResult().isFailure();
    discardable -= content.content().readableBytes();
    content.release();
    if (discardable < 0 || failed) {
      closeGently();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    Exchange serving = exchange;
    if (serving != null) {
      serving.flushRequest();
    }
    flush();
  }

  /** Reads on or waits, by whether what is read can be passed on. */
  void updateRead() {
    Exchange serving = exchange;
    boolean wanted = queue.isEmpty() && (serving == null || serving.wantsRequestBody());
    if (channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  /** Whether the connection stays open after the answer to {@code request}. */
  boolean staysAfter(HttpRequest request) {
    return !loop.draining() && HttpUtil.isKeepAlive(request);
  }

  void closeAfter(boolean close) {
    closeAfter = close;
  }

  void writeHead(
      HttpResponse response, BodyFraming framing, @Nullable Boolean keepAlive, AsciiString added) {
    ByteBuf out = channel.alloc().directBuffer(loop.responseHeadBytes());
    HeadWriter.writeResponse(out, response, framing, keepAlive, added);
    write(out);
  }

  /** Holds {@code out} back until its body's first piece comes or all is flushed. */
  private void write(ByteBuf out) {
    writeHeld();
    head = out;
    unflushed = true;
  }

  private void writeHeld() {
    ByteBuf held = head;
    if (held != null) {
      head = null;
      var _ = channel.write(held, channel.voidPromise());
    }
  }

  void writeBody(BodyFraming framing, HttpContent content) {
    unflushed = true;
    ByteBuf before = head;
    if (before == null) {
      framing.write(channel, content);
    } else {
      head = null;
      framing.write(channel, before, content);
    }
  }

  boolean writable() {
    return channel.isWritable();
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      writeHeld();
      channel.flush();
    }
  }

  /** The answer is out; on to the next request, or to the end. */
  void onExchangeOver(boolean requestEnded) {
    exchange = null;
    since = loop.now();
    flush();
    if (closeAfter) {
      if (requestEnded && queue.isEmpty()) {
        var _ =
            channel
                .writeAndFlush(channel.alloc().buffer(0, 0))
                .addListener(ChannelFutureListener.CLOSE);
        closing = true;
      } else {
        closeGently();
      }
      return;
    }
    proceed();
  }

  private void proceed() {
    while (!queue.isEmpty() && !closing) {
      if (exchange != null && queue.peekFirst() instanceof HttpRequest) {
        break;
      }
      take(queue.removeFirst());
    }
    Exchange serving = exchange;
    if (serving != null) {
      serving.flushRequest();
    }
    updateRead();
  }

  /** The exchange came to nothing and the client was told nothing yet. */
  void onExchangeFailed(Exchange failed, ProxyProblem problem) {
    exchange = null;
    boolean bodyUnread = !failed.requestEnded();
    answer(problem, failed.request(), closeAfter || bodyUnread);
    flush();
    if (closing) {
      return;
    }
    proceed();
  }

  private void refuse(ProxyProblem problem, HttpRequest request, boolean close) {
    discardable = DISCARD_BYTES_MAX;
    answer(problem, request, close);
  }

  private void answer(ProxyProblem problem, HttpRequest request, boolean close) {
    since = loop.now();
    boolean closes = close || !staysAfter(request);
    write(ProblemWriter.response(channel.alloc(), problem, request, closes));
    loop.meters().problem(problem.code());
    if (closes) {
      closeGently();
    }
  }

  /** Ends the connection in a way that the client notices: what it has is not the whole answer. */
  void cut() {
    exchange = null;
    ByteBuf held = head;
    if (held != null) {
      head = null;
      held.release();
    }
    closing = true;
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = channel.close();
  }

  /** Sends what there is, says that nothing follows, and gives the client time to read it. */
  private void closeGently() {
    if (closing) {
      return;
    }
    closing = true;
    since = loop.now();
    releaseQueue();
    unflushed = true;
    flush();
    if (channel instanceof DuplexChannel duplex) {
      var _ =
          channel
              .writeAndFlush(channel.alloc().buffer(0, 0))
              .addListener(
                  _ -> {
                    var _ = duplex.shutdownOutput();
                  });
    }
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Exchange serving = exchange;
    if (serving != null) {
      serving.onClientWritable(channel.isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.remove(this);
    closing = true;
    ByteBuf held = head;
    if (held != null) {
      head = null;
      held.release();
    }
    releaseQueue();
    Exchange serving = exchange;
    if (serving != null) {
      exchange = null;
      serving.onClientGone();
    }
  }

  private void releaseQueue() {
    queue.forEach(ReferenceCountUtil::release);
    queue.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset by the client, or a failed write to it: channelInactive does the rest.
    var _ = channel.close();
  }

  /** Called a few times a second. */
  void sweep(long now) {
    Exchange serving = exchange;
    if (closing) {
      if (now - since > LINGER_NANOS) {
        var _ = channel.close();
      }
    } else if (serving != null) {
      serving.sweep(now);
    } else if (now - since > loop.clientIdleNanos()) {
      var _ = channel.close();
    }
  }

  /** The process ends: idle connections go at once, others after their answer. */
  void drain() {
    if (exchange == null) {
      var _ = channel.close();
    }
  }

  void close() {
    var _ = channel.close();
  }
}
