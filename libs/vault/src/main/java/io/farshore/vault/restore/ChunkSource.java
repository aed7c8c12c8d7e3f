package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.pack.CopyIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks from the first copy that has them whole. What another copy had to stand in for is
 * reported. Thread-safe; each thread reads through a {@link Reader} of its own.
 */
final class ChunkSource {
  private final List<IndexedCopy> copies;
  private final RepositoryKey key;
  private final Compression.Factory compression;
  private final DamageReport damages;
  private final Set<String> copiesUsed = ConcurrentHashMap.newKeySet();

  ChunkSource(
      List<IndexedCopy> copies,
      RepositoryKey key,
      Compression.Factory compression,
      DamageReport damages) {
    this.copies = List.copyOf(copies);
    this.key = key;
    this.compression = compression;
    this.damages = damages;
  }

  Reader reader() {
    return new Reader(compression.open(), key.chunkNaming());
  }

  /** Names of the copies something was read from. */
  Set<String> copiesUsed() {
    return Set.copyOf(copiesUsed);
  }

  /**
   * Length of a chunk's content.
   *
   * @throws FarshoreException {@link VaultErrors#OBJECT_MISSING} if no copy has the chunk
   */
  int rawBytes(ChunkId chunk) {
    for (IndexedCopy copy : copies) {
      Optional<CopyIndex.Location> location = copy.index().find(chunk);
      if (location.isPresent()) {
        return location.get().entry().rawBytes();
      }
    }
    throw unrecoverable(chunk, Map.of());
  }

  private FarshoreException unrecoverable(ChunkId chunk, Map<String, String> reasons) {
    Map<String, String> context = new TreeMap<>(reasons);
    context.put("chunk", chunk.toString());
    for (IndexedCopy copy : copies) {
      context.putIfAbsent("copy." + copy.copy().name(), "not there");
    }
    return new FarshoreException(
        reasons.isEmpty() ? VaultErrors.OBJECT_MISSING : VaultErrors.DAMAGED,
        "No copy holds the chunk undamaged",
        context);
  }

  /** For one thread. */
  final class Reader implements AutoCloseable {
    private final Compression decompressor;
    private final Mac naming;

    Reader(Compression decompressor, Mac naming) {
      this.decompressor = decompressor;
      this.naming = naming;
    }

    /**
     * The authenticated content of a chunk.
     *
     * @throws FarshoreException if no copy has it whole; with each copy's reason
     */
    byte[] read(ChunkId chunk) {
      Map<String, String> reasons = new TreeMap<>();
      for (IndexedCopy candidate : copies) {
        String name = candidate.copy().name();
        CopyIndex.@Nullable Location location = candidate.index().find(chunk).orElse(null);
        if (location == null) {
          damages.add(missing(name, chunk));
          continue;
        }
        try {
          byte[] content =
              location
                  .pack()
                  .read(candidate.copy().store(), location.entry(), decompressor, naming);
          copiesUsed.add(name);
          return content;
        } catch (FarshoreException e) {
          reasons.put("copy." + name, e.describe());
          ObjectName object = location.pack().id().object();
          damages.add(new Damage(name, Optional.of(object), Optional.of(chunk), e));
        }
      }
      throw unrecoverable(chunk, reasons);
    }

    @Override
    public void close() {
      decompressor.close();
    }
  }

  private static Damage missing(String copy, ChunkId chunk) {
    return new Damage(
        copy,
        Optional.empty(),
        Optional.of(chunk),
        new FarshoreException(
            VaultErrors.OBJECT_MISSING,
            "No readable pack of the copy holds the chunk",
            Map.of("copy", copy, "chunk", chunk.toString())));
  }
}
