package io.farshore.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How a body's end is marked on the wire (RFC 9112 section 6). */
enum BodyFraming {
  /** There is no body. */
  NONE,
  /** By its length. */
  LENGTH,
  /** By chunks. */
  CHUNKED,
  /** By the end of the connection; only towards HTTP/1.0 clients. */
  CLOSE;

  /** Bodies up to this size are copied behind what is already in a buffer: one system call less. */
  private static final int COPY_BYTES_MAX = 8 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK_HEAD_BYTES = 18;

  /**
   * Appends {@code content} to {@code head} if it is small, and writes both; does not flush. Takes
   * over both.
   *
   * @param head what is to go before; may be empty
   */
  void write(Channel channel, ByteBuf head, HttpContent content) {
    ByteBuf data = content.content();
    int size = data.readableBytes();
    boolean last = content instanceof LastHttpContent;
    if (this == NONE || size == 0) {
      content.release();
      if (last && this == CHUNKED) {
        writeEnd(head, ((LastHttpContent) content).trailingHeaders());
      }
      writeOrRelease(channel, head);
      return;
    }
    if (this == CHUNKED) {
      ByteBufUtil.writeAscii(head, Integer.toHexString(size));
      head.writeBytes(CRLF);
    }
    if (size <= COPY_BYTES_MAX) {
      head.writeBytes(data);
      if (this == CHUNKED) {
        head.writeBytes(CRLF);
        if (last) {
          writeEnd(head, ((LastHttpContent) content).trailingHeaders());
        }
      }
      content.release();
      writeOrRelease(channel, head);
      return;
    }
    writeOrRelease(channel, head);
    var _ = channel.write(data, channel.voidPromise());
    if (this == CHUNKED) {
      ByteBuf tail = channel.alloc().directBuffer(CHUNK_HEAD_BYTES);
      tail.writeBytes(CRLF);
      if (last) {
        writeEnd(tail, ((LastHttpContent) content).trailingHeaders());
      }
      var _ = channel.write(tail, channel.voidPromise());
    }
  }

  /** As {@link #write(Channel, ByteBuf, HttpContent)} with nothing before. */
  void write(Channel channel, HttpContent content) {
    if (this == CHUNKED) {
      int size = content.content().readableBytes();
      int copied = size <= COPY_BYTES_MAX ? size : 0;
      write(channel, channel.alloc().directBuffer(CHUNK_HEAD_BYTES + copied), content);
    } else if (this == NONE || !content.content().isReadable()) {
      content.release();
    } else {
      var _ = channel.write(content.content(), channel.voidPromise());
    }
  }

  private static void writeEnd(ByteBuf out, HttpHeaders trailers) {
    if (trailers.isEmpty()) {
      out.writeBytes(LAST_CHUNK);
      return;
    }
    out.writeByte('0').writeBytes(CRLF);
    var fields = trailers.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      HeadWriter.writeField(out, field.getKey(), field.getValue());
    }
    out.writeBytes(CRLF);
  }

  private static void writeOrRelease(Channel channel, ByteBuf buffer) {
    if (buffer.isReadable()) {
      var _ = channel.write(buffer, channel.voidPromise());
    } else {
      buffer.release();
    }
  }
}
