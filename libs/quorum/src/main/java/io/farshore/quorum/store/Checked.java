package io.farshore.quorum.store;

import io.farshore.quorum.wire.MalformedBytesException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A block of bytes that proves itself whole: magic, version, number, length, CRC-32C, content. */
final class Checked {
  static final int HEAD_BYTES = 4 + 1 + 8 + 4 + 4;
  static final byte VERSION = 1;

  private Checked() {}

  /** A block that was read, and where the next one begins. */
  record Block(long number, byte version, int end, ByteBuffer content) {
    byte[] bytes() {
      byte[] copy = new byte[content.remaining()];
      content.duplicate().get(copy);
      return copy;
    }
  }

  static byte[] block(int magic, long number, byte[] content) {
    return block(magic, VERSION, number, content);
  }

  static byte[] block(int magic, byte version, long number, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + content.length);
    out.putInt(magic).put(version).putLong(number).putInt(content.length);
    out.putInt(crc(version, number, content, 0, content.length)).put(content);
    return out.array();
  }

  /**
   * The block that begins at {@code at}.
   *
   * @throws MalformedBytesException if no whole one does
   */
  static Block read(int magic, byte[] source, int at) {
    if (source.length - at < HEAD_BYTES) {
      throw new MalformedBytesException("no room for a block");
    }
    ByteBuffer head = ByteBuffer.wrap(source, at, HEAD_BYTES);
    if (head.getInt() != magic) {
      throw new MalformedBytesException("no block begins here");
    }
    byte version = head.get();
    long number = head.getLong();
    int length = head.getInt();
    int crc = head.getInt();
    int from = at + HEAD_BYTES;
    if (length < 0 || length > source.length - from) {
      throw new MalformedBytesException("the block is longer than its file");
    }
    if (crc != crc(version, number, source, from, length)) {
      throw new MalformedBytesException("the block's sum is wrong");
    }
    return new Block(number, version, from + length, ByteBuffer.wrap(source, from, length).slice());
  }

  /** Whether a whole block begins anywhere from {@code at} on. */
  static boolean anyFrom(int magic, byte[] source, int at) {
    for (int i = at; i <= source.length - HEAD_BYTES; i++) {
      if (ByteBuffer.wrap(source, i, 4).getInt() == magic && isWhole(magic, source, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWhole(int magic, byte[] source, int at) {
    try {
      Block unused = read(magic, source, at);
      return true;
    } catch (MalformedBytesException e) {
      return false;
    }
  }

  private static int crc(byte version, long number, byte[] content, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(13).put(version).putLong(number).putInt(length).flip());
    sum.update(content, from, length);
    return (int) sum.getValue();
  }
}
