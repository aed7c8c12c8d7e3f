package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: to which upstream, how far it is, and what may still be done when
 * something fails. Lives on one event loop.
 */
final class Exchange {
  private final ProxyLoop loop;
  private final ClientConnection client;
  private final HttpRequest request;
  private final boolean read;
  private final BodyFraming requestFraming;
  private final long startedAt = System.nanoTime();

  private Leg leg;
  private @Nullable UpstreamConnection upstream;
  private @Nullable ArrayDeque<HttpContent> unsent;
  private boolean reused;
  private boolean movedOn;
  private boolean requestEnded;
  private boolean over;

  private BodyFraming responseFraming = BodyFraming.NONE;
  private boolean responseStarted;
  private boolean upstreamStays;
  private int status;
  private long progressAt;
  private long requestBytes;
  private long responseBytes;

  Exchange(ProxyLoop loop, ClientConnection client, HttpRequest request, boolean read, Leg leg) {
    this.loop = loop;
    this.client = client;
    this.request = request;
    this.read = read;
    this.leg = leg;
    this.requestFraming = framing(request.headers());
    this.progressAt = loop.now();
  }

  private static BodyFraming framing(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return BodyFraming.CHUNKED;
    }
    return headers.contains(HttpHeaderNames.CONTENT_LENGTH) ? BodyFraming.LENGTH : BodyFraming.NONE;
  }

  HttpRequest request() {
    return request;
  }

  boolean requestEnded() {
    return requestEnded;
  }

  void start() {
    attempt(leg, false);
  }

  private void attempt(Leg next, boolean fresh) {
    leg = next;
    progressAt = loop.now();
    UpstreamConnection idle = fresh ? null : next.pool().takeIdle();
    reused = idle != null;
    if (idle == null) {
      next.pool().connect(this);
    } else {
      send(idle);
    }
  }

  private void send(UpstreamConnection connection) {
    upstream = connection;
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    ByteBuf head = connection.buffer(loop.requestHeadBytes());
    HeadWriter.writeRequest(
        head,
        request,
        requestFraming,
        http11,
        client.forwarding().lines(request.headers()),
        Forwarding.trace(request.headers()),
        leg.requestLines());
    connection.begin(this, head, request.method().equals(HttpMethod.HEAD));
    ArrayDeque<HttpContent> waiting = unsent;
    if (waiting != null) {
      unsent = null;
      waiting.forEach(content -> connection.write(requestFraming, content));
    }
  }

  /** The connection asked for is there; answers whether it is still wanted. */
  boolean onConnected(UpstreamConnection connection) {
    if (over) {
      return false;
    }
    send(connection);
    connection.flush();
    client.updateRead();
    return true;
  }

  /** Nothing was sent, so any request may be tried elsewhere where it is allowed. */
  void onConnectFailed() {
    if (over) {
      return;
    }
    Leg other = read ? alternative() : loop.leg(false);
    if (!movedOn && other != null && !other.region().equals(leg.region())) {
      moveOn(other);
    } else {
      fail(ProxyProblem.UNREACHABLE);
    }
  }

  /** The connection was lost before the response's end. */
  void onUpstreamLost() {
    upstream = null;
    if (over) {
      return;
    }
    if (!responseStarted && replayable()) {
      if (reused) {
        // It may have been closed while it lay idle; that says nothing of the region.
        attempt(leg, true);
        return;
      }
      Leg other = movedOn ? null : alternative();
      if (other != null) {
        moveOn(other);
        return;
      }
    }
    fail(read ? ProxyProblem.READ_FAILED : ProxyProblem.WRITE_FAILED);
  }

  private void moveOn(Leg other) {
    movedOn = true;
    other.meters().retried();
    attempt(other, false);
    // No read of the client's is under way that would flush at its end.
    flushRequest();
  }

  private boolean replayable() {
    return read && requestFraming == BodyFraming.NONE;
  }

  private @Nullable Leg alternative() {
    return loop.alternative(leg.region());
  }

  void onInvalidResponse() {
    upstream = null;
    if (!over) {
      fail(ProxyProblem.INVALID_RESPONSE);
    }
  }

  /** A piece of the request's body. Takes it over. */
  void onRequestBody(HttpContent content) {
    progressAt = loop.now();
    requestBytes += content.content().readableBytes();
    requestEnded = content instanceof LastHttpContent;
    UpstreamConnection connection = upstream;
    if (connection != null) {
      connection.write(requestFraming, content);
    } else if (requestFraming == BodyFraming.NONE) {
      content.release();
    } else {
      ArrayDeque<HttpContent> waiting = unsent;
      if (waiting == null) {
        waiting = new ArrayDeque<>();
        unsent = waiting;
      }
      waiting.add(content);
    }
  }

  void flushRequest() {
    UpstreamConnection connection = upstream;
    if (connection != null) {
      connection.flush();
    }
  }

  /** Whether more of the request's body can be taken now. */
  boolean wantsRequestBody() {
    UpstreamConnection connection = upstream;
    return connection == null ? unsent == null : connection.writable();
  }

  void onUpstreamWritable() {
    client.updateRead();
  }

  void onClientWritable(boolean writable) {
    UpstreamConnection connection = upstream;
    if (connection != null) {
      connection.read(writable);
    }
  }

  void onInformational(HttpResponse response) {
    progressAt = loop.now();
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      client.writeHead(response, BodyFraming.NONE, null, AsciiString.EMPTY_STRING);
      client.flush();
    }
  }

  void onResponse(HttpResponse response) {
    progressAt = loop.now();
    responseStarted = true;
    status = response.status().code();
    upstreamStays = HttpUtil.isKeepAlive(response);
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    responseFraming = framing(response, http11);
    // A client that is still sending cannot be told where its next request would begin.
    boolean stays =
        responseFraming != BodyFraming.CLOSE && requestEnded && client.staysAfter(request);
    client.closeAfter(!stays);
    // The default of each version needs no words, but an end is always announced.
    client.writeHead(
        response, responseFraming, (stays && http11) ? null : stays, leg.responseLines());
  }

  private BodyFraming framing(HttpResponse response, boolean http11) {
    if (request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304) {
      return BodyFraming.NONE;
    }
    if (response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      return BodyFraming.LENGTH;
    }
    return http11 ? BodyFraming.CHUNKED : BodyFraming.CLOSE;
  }

  void onResponseBody(HttpContent content) {
    progressAt = loop.now();
    responseBytes += content.content().readableBytes();
    client.writeBody(responseFraming, content);
    if (!client.writable()) {
      onClientWritable(false);
    }
  }

  /** The response is whole. Answers whether the upstream's connection can be used again. */
  boolean onResponseEnd(HttpContent last) {
    upstream = null;
    responseBytes += last.content().readableBytes();
    client.writeBody(responseFraming, last);
    long nanos = System.nanoTime() - startedAt;
    leg.meters().answered(status, nanos);
    end();
    return upstreamStays && requestEnded;
  }

  /** Everything is done and the upstream's connection is back where it belongs. */
  void finished() {
    client.onExchangeOver(requestEnded);
  }

  void flushResponse() {
    client.flush();
  }

  /** The client went away: the upstream need not work on. */
  void onClientGone() {
    if (!over) {
      dropUpstream();
      leg.meters().aborted(System.nanoTime() - startedAt);
      end();
    }
  }

  /** Gives up; the client is told if it was told nothing yet, else its connection is cut. */
  void fail(ProxyProblem problem) {
    dropUpstream();
    if (responseStarted) {
      leg.meters().aborted(System.nanoTime() - startedAt);
      end();
      client.cut();
    } else {
      end();
      client.onExchangeFailed(this, problem);
    }
  }

  private void dropUpstream() {
    UpstreamConnection connection = upstream;
    upstream = null;
    if (connection != null) {
      connection.close();
    }
  }

  private void end() {
    over = true;
    loop.exchangeOver();
    leg.meters().moved(requestBytes, responseBytes);
    ArrayDeque<HttpContent> waiting = unsent;
    if (waiting != null) {
      unsent = null;
      waiting.forEach(HttpContent::release);
    }
  }

  /** Called a few times a second: time-outs, and what changed around the request. */
  void sweep(long now) {
    long quiet = now - progressAt;
    if (!responseStarted && requestEnded) {
      if (quiet > loop.responseTimeoutNanos()) {
        fail(read ? ProxyProblem.READ_TIMED_OUT : ProxyProblem.WRITE_TIMED_OUT);
      } else if (!read && loop.writerMovedFrom(leg)) {
        fail(ProxyProblem.WRITER_MOVED);
      } else if (replayable() && !movedOn && loop.down(leg.region())) {
        Leg other = alternative();
        if (other != null) {
          // Its region was found to be down: better to ask another than to wait longer.
          dropUpstream();
          moveOn(other);
        }
      }
    } else if (quiet > loop.stallTimeoutNanos()) {
      fail(read ? ProxyProblem.READ_TIMED_OUT : ProxyProblem.WRITE_TIMED_OUT);
    }
  }
}
