package io.farshore.vault.chunk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Name of a chunk: HMAC-SHA-256 of its content under the repository's chunk-naming key, so that
 * names tell an outsider nothing, not even that a known file is in the backup.
 */
public record ChunkId(long a, long b, long c, long d) {
  /** Length of the binary form. */
  public static final int BYTES = 32;

  /** Reads 32 bytes at the buffer's position. */
  public static ChunkId read(ByteBuffer from) {
    return new ChunkId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  public static ChunkId of(byte[] hash) {
    return read(ByteBuffer.wrap(hash));
  }

  /**
   * @throws IllegalArgumentException unless the text is 64 hexadecimal digits
   */
  @JsonCreator
  public static ChunkId parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a chunk id has 64 hexadecimal digits");
    }
    return of(bytes);
  }

  public void writeTo(ByteBuffer to) {
    to.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    writeTo(buffer);
    return buffer.array();
  }

  @Override
  @JsonValue
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
