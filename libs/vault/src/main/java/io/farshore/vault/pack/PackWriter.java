package io.farshore.vault.pack;

import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.key.RepositoryKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the bytes of one pack, piece by piece; where they go is the caller's business. For one
 * thread at a time.
 */
public final class PackWriter {
  /**
   * A pack that has grown to this is finished: large enough that a terabyte needs thousands of
   * objects, not millions; small enough to be sent again when an upload fails.
   */
  public static final long PACK_BYTES_TARGET = 64L << 20;

  /** So that the index of a pack of tiny files fits into memory many times over. */
  public static final int PACK_CHUNKS_MAX = 65_536;

  private final PackId id;
  private final DataKey dataKey;
  private final byte[] header;
  private final List<PackEntry> entries = new ArrayList<>();
  private final MessageDigest digest = PackFormat.sha256();
  private long position;

  public PackWriter(RepositoryKey repositoryKey, SecureRandom random) {
    id = PackId.random(random);
    dataKey = DataKey.generate(random);
    byte[] wrapped = dataKey.wrap(repositoryKey, PackFormat.keyOwner(id), random);
    header = PackFormat.header(id, wrapped);
    advance(header);
  }

  public PackId id() {
    return id;
  }

  /** The first bytes of the pack. */
  public byte[] header() {
    return header.clone();
  }

  /**
   * Seals one chunk.
   *
   * @param content compressed by {@code codec}, in the first {@code length} bytes
   * @return the bytes that come next in the pack
   */
  public byte[] append(ChunkId chunk, int rawBytes, Codec codec, byte[] content, int length) {
    int ordinal = entries.size();
    byte[] bound = PackFormat.chunkBound(id, chunk, rawBytes, codec);
    byte[] sealed = dataKey.seal(ordinal, bound, content, length);
    entries.add(new PackEntry(chunk, ordinal, position, sealed.length, rawBytes, codec));
    advance(sealed);
    return sealed;
  }

  public boolean full() {
    return position >= PACK_BYTES_TARGET || entries.size() >= PACK_CHUNKS_MAX;
  }

  /** The last bytes of the pack: index and trailer. Nothing may be appended afterwards. */
  public byte[] finish() {
    byte[] plain = PackFormat.index(entries);
    byte[] index =
        dataKey.seal(DataKey.INDEX_NONCE, PackFormat.indexBound(id), plain, plain.length);
    ByteBuffer end = ByteBuffer.allocate(index.length + PackFormat.TRAILER_BYTES);
    end.put(index).putLong(position).putInt(index.length).putInt(entries.size());
    digest.update(end.array(), 0, end.position());
    end.put(digest.digest()).put(PackFormat.END_MAGIC);
    return end.array();
  }

  /** Bytes made so far. */
  public long bytes() {
    return position;
  }

  private void advance(byte[] bytes) {
    digest.update(bytes);
    position += bytes.length;
  }
}
