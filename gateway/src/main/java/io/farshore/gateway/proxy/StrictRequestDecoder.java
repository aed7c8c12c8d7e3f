package io.farshore.gateway.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder at its strictest; a message with two lengths is an error, not a choice. */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int TARGET_BYTES_MAX = 8 * 1024;

  /** Pieces a body is handed on in; one socket read at most. */
  static final int PIECE_BYTES_MAX = 64 * 1024;

  StrictRequestDecoder(int headBytesMax) {
    super(config(headBytesMax, TARGET_BYTES_MAX));
  }

  static HttpDecoderConfig config(int headBytesMax, int lineBytesMax) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(lineBytesMax)
        .setMaxHeaderSize(headBytesMax)
        .setMaxChunkSize(PIECE_BYTES_MAX)
        .setStrictLineParsing(true)
        .setValidateHeaders(true)
        .setAllowDuplicateContentLengths(false);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
