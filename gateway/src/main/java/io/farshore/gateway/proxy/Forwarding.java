package io.farshore.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream is told of where a request came from: {@code X-Forwarded-For}, {@code
 * X-Forwarded-Proto}, {@code Forwarded} (RFC 7239) and {@code traceparent} (W3C Trace Context). The
 * last element of each list is the gateway's own; what a client claimed stands before it.
 */
final class Forwarding {
  private static final String FORWARDED = "forwarded";
  private static final String TRACEPARENT = "traceparent";
  private static final String X_FORWARDED_FOR = "x-forwarded-for";
  private static final int TRACEPARENT_CHARS = 55;

  /** One new trace in this many is marked to be recorded; clients that trace decide themselves. */
  private static final int SAMPLE_ONE_IN = 128;

  private static final byte[] HEX = HeadWriter.ascii("0123456789abcdef");

  private static final byte[] TRACE_START = HeadWriter.ascii(TRACEPARENT + ": 00-");

  private final String address;
  private final String node;
  private final AsciiString lines;

  /**
   * @param client the other end of a client's connection
   */
  Forwarding(SocketAddress client) {
    InetAddress ip = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
    this.address = ip == null ? "unknown" : plain(ip);
    this.node = ip instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    this.lines = lines(null, null);
  }

  private static String plain(InetAddress ip) {
    String text = ip.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /** Whole lines for a request's head; the same array each time unless a proxy stands before us. */
  AsciiString lines(HttpHeaders headers) {
    if (!headers.contains(X_FORWARDED_FOR) && !headers.contains(FORWARDED)) {
      return lines;
    }
    return lines(joined(headers.getAll(X_FORWARDED_FOR)), joined(headers.getAll(FORWARDED)));
  }

  private AsciiString lines(@Nullable String claimedFor, @Nullable String claimedForwarded) {
    return new AsciiString(
        "X-Forwarded-For: "
            + (claimedFor == null ? "" : claimedFor + ", ")
            + address
            + "\r\nX-Forwarded-Proto: http\r\nForwarded: "
            + (claimedForwarded == null ? "" : claimedForwarded + ", ")
            + "for="
            + node
            + ";proto=http\r\n");
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** The {@code traceparent} line: the client's if it is well-formed, else a new one. */
  static AsciiString trace(HttpHeaders headers) {
    String given = headers.get(TRACEPARENT);
    return given != null && wellFormed(given)
        ? new AsciiString(TRACEPARENT + ": " + given + "\r\n")
        : newTrace();
  }

  private static boolean wellFormed(String text) {
    if (text.length() != TRACEPARENT_CHARS || !text.startsWith("00-")) {
      return false;
    }
    boolean traceZero = true;
    boolean parentZero = true;
    for (int i = 3; i < TRACEPARENT_CHARS; i++) {
      char c = text.charAt(i);
      if (i == 35 || i == 52) {
        if (c != '-') {
          return false;
        }
      } else if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      } else if (c != '0' && i < 35) {
        traceZero = false;
      } else if (c != '0' && i < 52) {
        parentZero = false;
      }
    }
    return !traceZero && !parentZero;
  }

  // Names a trace, protects nothing: a fast generator is enough.
  private static AsciiString newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int start = TRACE_START.length;
    byte[] whole = Arrays.copyOf(TRACE_START, start + TRACEPARENT_CHARS - 3 + 2);
    long low = random.nextLong();
    hex(whole, start, random.nextLong());
    hex(whole, start + 16, low);
    whole[start + 32] = '-';
    hex(whole, start + 33, random.nextLong() | 1);
    whole[start + 49] = '-';
    whole[start + 50] = '0';
    whole[start + 51] = (byte) (low % SAMPLE_ONE_IN == 0 ? '1' : '0');
    whole[start + 52] = '\r';
    whole[start + 53] = '\n';
    return new AsciiString(whole, false);
  }

  private static void hex(byte[] out, int at, long value) {
    for (int i = 0; i < 16; i++) {
      out[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
    }
  }
}
