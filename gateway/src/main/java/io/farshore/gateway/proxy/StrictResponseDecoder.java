package io.farshore.gateway.proxy;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** As {@link StrictRequestDecoder}, for an upstream that is asked one thing at a time. */
final class StrictResponseDecoder extends HttpResponseDecoder {
  private static final int STATUS_LINE_BYTES_MAX = 4 * 1024;

  private boolean answersHead;

  StrictResponseDecoder(int headBytesMax) {
    super(StrictRequestDecoder.config(headBytesMax, STATUS_LINE_BYTES_MAX));
  }

  /** Whether the next response answers a HEAD request and so has no body, whatever it says. */
  void answersHead(boolean head) {
    answersHead = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return answersHead || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
