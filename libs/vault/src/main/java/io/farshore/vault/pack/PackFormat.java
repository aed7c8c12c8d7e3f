package io.farshore.vault.pack;

import io.farshore.vault.chunk.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a pack that writer and reader must agree on; {@code docs/vault-format.md} has all.
 */
final class PackFormat {
  static final byte[] MAGIC = "FSPACK01".getBytes(StandardCharsets.US_ASCII);
  static final byte[] END_MAGIC = "FSPACKED".getBytes(StandardCharsets.US_ASCII);

  /** Magic, pack id, wrapped data key. */
  static final int HEADER_BYTES = 8 + PackId.BYTES + DataKey.WRAPPED_BYTES;

  static final int DIGEST_BYTES = 32;

  /** Offset and length of the index, number of chunks, SHA-256 of all before it, magic. */
  static final int TRAILER_BYTES = 8 + 4 + 4 + DIGEST_BYTES + 8;

  private static final int ENTRY_BYTES = ChunkId.BYTES + 8 + 4 + 4 + 1;

  private PackFormat() {}

  static byte[] header(PackId id, byte[] wrappedKey) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(id.toBytes()).put(wrappedKey).array();
  }

  static byte[] keyOwner(PackId id) {
    return bound("pack key", id).array();
  }

  static byte[] indexBound(PackId id) {
    return bound("pack index", id).array();
  }

  static byte[] chunkBound(PackId id, ChunkId chunk, int rawBytes, Codec codec) {
    ByteBuffer fixed = bound("chunk", id).flip();
    ByteBuffer all = ByteBuffer.allocate(fixed.limit() + ChunkId.BYTES + 4 + 1).put(fixed);
    chunk.writeTo(all);
    return all.putInt(rawBytes).put(codec.code()).array();
  }

  private static ByteBuffer bound(String purpose, PackId id) {
    byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(name.length + PackId.BYTES).put(name).put(id.toBytes());
  }

  static byte[] index(List<PackEntry> entries) {
    ByteBuffer buffer = ByteBuffer.allocate(entries.size() * ENTRY_BYTES);
    for (PackEntry entry : entries) {
      entry.chunk().writeTo(buffer);
      buffer
          .putLong(entry.offset())
          .putInt(entry.sealedBytes())
          .putInt(entry.rawBytes())
          .put(entry.codec().code());
    }
    return buffer.array();
  }

  static List<PackEntry> entries(byte[] index) {
    if (index.length % ENTRY_BYTES != 0) {
      throw new IllegalArgumentException("index has a broken length");
    }
    ByteBuffer buffer = ByteBuffer.wrap(index);
    List<PackEntry> entries = new ArrayList<>(index.length / ENTRY_BYTES);
    while (buffer.hasRemaining()) {
      entries.add(
          new PackEntry(
              ChunkId.read(buffer),
              entries.size(),
              buffer.getLong(),
              buffer.getInt(),
              buffer.getInt(),
              Codec.of(buffer.get())));
    }
    return entries;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
