package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes message heads straight into a buffer. Fields that speak of one connection only (RFC 9110
 * section 7.6.1) and fields only the gateway may set are left out; what the gateway adds comes
 * last.
 */
final class HeadWriter {
  private static final byte[] REQUEST_LINE_END = ascii(" HTTP/1.1\r\n");
  private static final byte[] STATUS_LINE_START = ascii("HTTP/1.1 ");
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
  private static final AsciiString KEEP_ALIVE_FIELD = AsciiString.cached("keep-alive");

  private HeadWriter() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * @param expectContinue whether to pass an {@code Expect} field on
   * @param added whole lines with their ends
   */
  static void writeRequest(
      ByteBuf out,
      HttpRequest request,
      BodyFraming framing,
      boolean expectContinue,
      AsciiString... added) {
    HttpHeaders headers = request.headers();
    Set<String> nominated = nominated(headers);
    out.writeBytes(request.method().asciiName().array());
    out.writeByte(' ');
    ByteBufUtil.writeAscii(out, request.uri());
    out.writeBytes(REQUEST_LINE_END);
    var fields = headers.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      if (!Fields.ofConnection(name)
          && !Fields.setByGateway(name)
          && (expectContinue || !Fields.is(name, HttpHeaderNames.EXPECT))
          && (nominated == null || !nominated.contains(lower(name)))) {
        writeField(out, name, field.getValue());
      }
    }
    finish(out, framing, added);
  }

  /**
   * @param keepAlive what to tell the client about its connection; absent: nothing, it stays
   */
  static void writeResponse(
      ByteBuf out,
      HttpResponse response,
      BodyFraming framing,
      @Nullable Boolean keepAlive,
      AsciiString added) {
    HttpHeaders headers = response.headers();
    Set<String> nominated = nominated(headers);
    out.writeBytes(STATUS_LINE_START);
    out.writeBytes(response.status().codeAsText().array());
    out.writeByte(' ');
    ByteBufUtil.writeAscii(out, response.status().reasonPhrase());
    out.writeBytes(CRLF);
    var fields = headers.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      if (!Fields.ofConnection(name)
          && !Fields.ofRegion(name)
          && (nominated == null || !nominated.contains(lower(name)))) {
        writeField(out, name, field.getValue());
      }
    }
    if (keepAlive != null) {
      out.writeBytes(keepAlive ? KEEP_ALIVE : CLOSE);
    }
    finish(out, framing, added);
  }

  private static void finish(ByteBuf out, BodyFraming framing, AsciiString... added) {
    if (framing == BodyFraming.CHUNKED) {
      out.writeBytes(CHUNKED);
    }
    for (AsciiString lines : added) {
      writeText(out, lines);
    }
    out.writeBytes(CRLF);
  }

  static void writeField(ByteBuf out, CharSequence name, CharSequence value) {
    writeText(out, name);
    out.writeByte(':').writeByte(' ');
    writeText(out, value);
    out.writeBytes(CRLF);
  }

  private static void writeText(ByteBuf out, CharSequence text) {
    if (text instanceof AsciiString ascii) {
      out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      // Field values are octets: Latin-1 in and out keeps them as they came.
      ByteBufUtil.writeAscii(out, text);
    }
  }

  /** Fields that the sender declared to be of this connection; null in the common case of none. */
  private static @Nullable Set<String> nominated(HttpHeaders headers) {
    String connection = headers.get(HttpHeaderNames.CONNECTION);
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (String field : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String name : field.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    // These decide where a message goes and where it ends; nobody can wish them away.
    names.remove("host");
    names.remove("content-length");
    return names;
  }

  private static String lower(CharSequence name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** Which fields are whose. By length first: most names are settled by one comparison. */
  private static final class Fields {
    private static final AsciiString FARSHORE_REGION = AsciiString.cached("farshore-region");
    private static final AsciiString FARSHORE_EPOCH = AsciiString.cached("farshore-epoch");
    private static final AsciiString FARSHORE_FAIL_OPEN = AsciiString.cached("farshore-fail-open");
    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    private static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
    private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");

    static boolean is(CharSequence name, AsciiString expected) {
      return name.length() == expected.length() && expected.contentEqualsIgnoreCase(name);
    }

    /** Never passed on: they speak of one connection. */
    static boolean ofConnection(CharSequence name) {
      return switch (name.length()) {
        case 2 -> is(name, HttpHeaderNames.TE);
        case 7 -> is(name, HttpHeaderNames.UPGRADE);
        case 10 -> is(name, HttpHeaderNames.CONNECTION) || is(name, KEEP_ALIVE_FIELD);
        case 16 -> is(name, PROXY_CONNECTION);
        case 17 -> is(name, HttpHeaderNames.TRANSFER_ENCODING);
        case 18 -> is(name, HttpHeaderNames.PROXY_AUTHENTICATE);
        case 19 -> is(name, HttpHeaderNames.PROXY_AUTHORIZATION);
        default -> false;
      };
    }

    static boolean ofRegion(CharSequence name) {
      return switch (name.length()) {
        case 14 -> is(name, FARSHORE_EPOCH);
        case 15 -> is(name, FARSHORE_REGION);
        case 18 -> is(name, FARSHORE_FAIL_OPEN);
        default -> false;
      };
    }

    /** Written anew by the gateway, so a client cannot forge them. */
    static boolean setByGateway(CharSequence name) {
      return switch (name.length()) {
        case 9 -> is(name, FORWARDED);
        case 11 -> is(name, TRACEPARENT);
        case 15 -> is(name, X_FORWARDED_FOR) || is(name, FARSHORE_REGION);
        case 17 -> is(name, X_FORWARDED_PROTO);
        default -> ofRegion(name);
      };
    }
  }
}
