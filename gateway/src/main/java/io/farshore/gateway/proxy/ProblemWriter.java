package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Writes a problem as a whole response. */
final class ProblemWriter {
  private static final int TRACE_ID_START = 3;
  private static final int TRACE_ID_END = 35;
  private static final int HEAD_BYTES = 256;

  private ProblemWriter() {}

  static ByteBuf response(
      ByteBufAllocator alloc, ProxyProblem problem, HttpRequest request, boolean close) {
    boolean decoded = request.decoderResult().isSuccess();
    byte[] document =
        problem.document(decoded ? path(request.uri()) : null, decoded ? traceId(request) : null);
    ByteBuf out = alloc.directBuffer(HEAD_BYTES + document.length);
    ByteBufUtil.writeAscii(
        out,
        "HTTP/1.1 "
            + HttpResponseStatus.valueOf(problem.status())
            + "\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n"
            + "Content-Length: "
            + document.length
            + "\r\n"
            + (problem.status() == 503
                ? "Retry-After: " + ProxyProblem.RETRY_AFTER_SECONDS + "\r\n"
                : "")
            + connection(request, close)
            + "\r\n");
    if (!request.method().equals(HttpMethod.HEAD)) {
      out.writeBytes(document);
    }
    return out;
  }

  private static String connection(HttpRequest request, boolean close) {
    if (close) {
      return "Connection: close\r\n";
    }
    return request.protocolVersion().equals(HttpVersion.HTTP_1_0)
        ? "Connection: keep-alive\r\n"
        : "";
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static @Nullable String traceId(HttpRequest request) {
    String traceparent = request.headers().get("traceparent");
    return traceparent != null && traceparent.length() > TRACE_ID_END
        ? traceparent.substring(TRACE_ID_START, TRACE_ID_END)
        : null;
  }
}
