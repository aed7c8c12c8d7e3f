package io.farshore.quorum.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Appends values to a growing array. Numbers are unsigned LEB128. Not thread-safe. */
public final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

  public ByteWriter byteValue(int value) {
    out.write(value);
    return this;
  }

  public ByteWriter flag(boolean value) {
    return byteValue(value ? 1 : 0);
  }

  /**
   * @param value 0 or more
   */
  public ByteWriter number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("numbers on the wire are not negative");
    }
    long rest = value;
    while (rest > 0x7F) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public ByteWriter bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
    return this;
  }

  public ByteWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends without a length before it. */
  public ByteWriter raw(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** Bytes appended so far. */
  public int size() {
    return out.size();
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
