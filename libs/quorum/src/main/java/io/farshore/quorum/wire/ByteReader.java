package io.farshore.quorum.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes values from an array as {@link ByteWriter} put them. Never reads or allocates past the
 * array. Not thread-safe.
 */
public final class ByteReader {
  private final byte[] source;
  private int at;

  public ByteReader(byte[] source) {
    this.source = source;
  }

  public int byteValue() {
    if (at >= source.length) {
      throw new MalformedBytesException("ends too early");
    }
    return source[at++] & 0xFF;
  }

  public boolean flag() {
    int value = byteValue();
    if (value > 1) {
      throw new MalformedBytesException("a flag is 0 or 1");
    }
    return value == 1;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = byteValue();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedBytesException("a number has at most 63 bits");
  }

  public int smallNumber() {
    long value = number();
    if (value > Integer.MAX_VALUE) {
      throw new MalformedBytesException("the number has more than 31 bits");
    }
    return (int) value;
  }

  /** A number of elements to follow, each of at least one byte. */
  public int count() {
    int count = smallNumber();
    if (count > source.length - at) {
      throw new MalformedBytesException("more elements than bytes");
    }
    return count;
  }

  public byte[] bytes() {
    int length = count();
    byte[] value = Arrays.copyOfRange(source, at, at + length);
    at += length;
    return value;
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Everything not yet taken. */
  public byte[] rest() {
    byte[] value = Arrays.copyOfRange(source, at, source.length);
    at = source.length;
    return value;
  }

  /** Refuses bytes left over. */
  public void end() {
    if (at != source.length) {
      throw new MalformedBytesException("bytes left over");
    }
  }
}
