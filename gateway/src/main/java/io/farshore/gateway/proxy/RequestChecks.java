package io.farshore.gateway.proxy;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the decoder lets pass and a gateway must not: everything that another program could read
 * differently (RFC 9112 sections 3.2, 6.1, 6.3 and 11.2).
 */
final class RequestChecks {
  private RequestChecks() {}

  /** Why {@code request} is refused; absent if it is fine. */
  static @Nullable ProxyProblem problem(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return undecodable(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    boolean http11 = version.equals(HttpVersion.HTTP_1_1);
    if (!http11 && !version.equals(HttpVersion.HTTP_1_0)) {
      return ProxyProblem.VERSION_UNSUPPORTED;
    }
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
      return ProxyProblem.METHOD_UNSUPPORTED;
    }
    HttpHeaders headers = request.headers();
    if (!targetIsPlain(request.uri(), method)
        || !hostIsPlain(headers, http11)
        || !framingIsPlain(request, http11)) {
      return ProxyProblem.AMBIGUOUS;
    }
    return null;
  }

  private static ProxyProblem undecodable(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return ProxyProblem.TARGET_TOO_LONG;
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return ProxyProblem.HEAD_TOO_LARGE;
    }
    return cause instanceof DecoderException && cause.getCause() != null
        ? undecodable(cause.getCause())
        : ProxyProblem.MALFORMED;
  }

  // Absolute targets are refused: nothing but a forward proxy gets them, and they name the host
  // twice.
  private static boolean targetIsPlain(String target, HttpMethod method) {
    if (target.isEmpty() || target.charAt(0) != '/') {
      return target.equals("*") && method.equals(HttpMethod.OPTIONS);
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean hostIsPlain(HttpHeaders headers, boolean http11) {
    String host = headers.get(HttpHeaderNames.HOST);
    if (host == null) {
      return !http11;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '/' || c == '@' || c == ',' || c == '?' || c == '#') {
        return false;
      }
    }
    return headers.getAll(HttpHeaderNames.HOST).size() == 1;
  }

  private static boolean framingIsPlain(HttpMessage message, boolean http11) {
    HttpHeaders headers = message.headers();
    if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    return http11 && chunkedAlone(headers);
  }

  /** Whether a message's only length is {@code chunked}, once. */
  static boolean chunkedAlone(HttpHeaders headers) {
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.size() == 1
        && codings.getFirst().equalsIgnoreCase("chunked")
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
  }
}
