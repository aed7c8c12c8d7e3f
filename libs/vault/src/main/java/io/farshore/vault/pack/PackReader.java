package io.farshore.vault.pack;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Chunker;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.StoredObject;
import io.farshore.vault.key.RepositoryKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/** A pack that lies in a copy. Immutable, safe for several threads. */
public final class PackReader {
  /** Bytes read at a time when a whole pack is checked. */
  private static final int SCAN_BYTES = 1 << 20;

  private final StoredObject object;
  private final PackId id;
  private final DataKey dataKey;
  private final List<PackEntry> entries;

  private PackReader(StoredObject object, PackId id, DataKey dataKey, List<PackEntry> entries) {
    this.object = object;
    this.id = id;
    this.dataKey = dataKey;
    this.entries = entries;
  }

  /**
   * Reads header, trailer and index of a pack; not its chunks.
   *
   * @throws FarshoreException {@link VaultErrors#DAMAGED} if one of them fails its checks
   */
  public static PackReader open(CopyStore store, StoredObject object, RepositoryKey key) {
    try {
      PackId id = PackId.of(object.name()).orElseThrow(() -> broken("name"));
      if (object.bytes() < PackFormat.HEADER_BYTES + PackFormat.TRAILER_BYTES) {
        throw broken("too short");
      }
      byte[] header = store.get(object.name(), 0, PackFormat.HEADER_BYTES);
      byte[] wrapped = Arrays.copyOfRange(header, 8 + PackId.BYTES, PackFormat.HEADER_BYTES);
      if (!Arrays.equals(PackFormat.header(id, wrapped), header)) {
        throw broken("header");
      }
      DataKey dataKey = DataKey.unwrap(key, PackFormat.keyOwner(id), wrapped);
      Trailer trailer = trailer(store, object);
      byte[] index =
          dataKey.open(
              DataKey.INDEX_NONCE,
              PackFormat.indexBound(id),
              store.get(object.name(), trailer.indexOffset, trailer.indexBytes));
      List<PackEntry> entries = PackFormat.entries(index);
      if (entries.size() != trailer.chunks) {
        throw broken("number of chunks");
      }
      return new PackReader(object, id, dataKey, List.copyOf(entries));
    } catch (IllegalArgumentException e) {
      throw damaged(object, e);
    }
  }

  /** All chunks of the pack, in the order they lie in it. */
  public List<PackEntry> entries() {
    return entries;
  }

  public PackId id() {
    return id;
  }

  /**
   * Reads, authenticates and decompresses one chunk, and checks that it is what its name says.
   *
   * @throws FarshoreException {@link VaultErrors#DAMAGED} if it is not
   */
  public byte[] read(CopyStore store, PackEntry entry, Compression compression, Mac naming) {
    try {
      byte[] sealed = store.get(object.name(), entry.offset(), entry.sealedBytes());
      if (entry.rawBytes() < 0 || entry.rawBytes() > Chunker.CHUNK_BYTES_LIMIT) {
        throw broken("length of a chunk");
      }
      byte[] bound = PackFormat.chunkBound(id, entry.chunk(), entry.rawBytes(), entry.codec());
      byte[] content = dataKey.open(entry.ordinal(), bound, sealed);
      byte[] raw =
          switch (entry.codec()) {
            case STORED -> content;
            case ZSTD -> compression.decompress(content, content.length, entry.rawBytes());
          };
      if (raw.length != entry.rawBytes()
          || !ChunkId.of(naming.doFinal(raw)).equals(entry.chunk())) {
        throw broken("content of a chunk");
      }
      return raw;
    } catch (IllegalArgumentException e) {
      throw damaged(object, e);
    }
  }

  /**
   * Checks the pack's own SHA-256, for which no key is needed.
   *
   * @throws FarshoreException {@link VaultErrors#DAMAGED} if it differs
   */
  public static void checkDigest(CopyStore store, StoredObject object) {
    try {
      if (object.bytes() < PackFormat.HEADER_BYTES + PackFormat.TRAILER_BYTES) {
        throw broken("too short");
      }
      Trailer trailer = trailer(store, object);
      MessageDigest digest = PackFormat.sha256();
      long end = object.bytes() - PackFormat.DIGEST_BYTES - PackFormat.END_MAGIC.length;
      for (long at = 0; at < end; at += SCAN_BYTES) {
        digest.update(store.get(object.name(), at, (int) Math.min(SCAN_BYTES, end - at)));
      }
      if (!MessageDigest.isEqual(digest.digest(), trailer.digest)) {
        throw broken("checksum");
      }
    } catch (IllegalArgumentException e) {
      throw damaged(object, e);
    }
  }

  private static Trailer trailer(CopyStore store, StoredObject object) {
    long start = object.bytes() - PackFormat.TRAILER_BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(store.get(object.name(), start, PackFormat.TRAILER_BYTES));
    Trailer trailer = Trailer.read(buffer);
    if (trailer.indexBytes < 0
        || trailer.indexOffset < PackFormat.HEADER_BYTES
        || trailer.indexOffset + trailer.indexBytes != start) {
      throw broken("trailer");
    }
    return trailer;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Trailer(long indexOffset, int indexBytes, int chunks, byte[] digest) {
    static Trailer read(ByteBuffer buffer) {
      byte[] digest = new byte[PackFormat.DIGEST_BYTES];
      byte[] magic = new byte[PackFormat.END_MAGIC.length];
      long indexOffset = buffer.getLong();
      int indexBytes = buffer.getInt();
      int chunks = buffer.getInt();
      buffer.get(digest).get(magic);
      if (!Arrays.equals(magic, PackFormat.END_MAGIC)) {
        throw broken("end mark");
      }
      return new Trailer(indexOffset, indexBytes, chunks, digest);
    }
  }

  private static IllegalArgumentException broken(String what) {
    return new IllegalArgumentException(what);
  }

  private static FarshoreException damaged(StoredObject object, IllegalArgumentException e) {
    return new FarshoreException(
        VaultErrors.DAMAGED,
        "Pack is damaged",
        Map.of("object", object.name().value(), "what", String.valueOf(e.getMessage())),
        e);
  }
}
