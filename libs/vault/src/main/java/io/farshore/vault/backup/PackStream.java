package io.farshore.vault.backup;

import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.pack.Codec;
import io.farshore.vault.pack.PackWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills packs and sends them to the copies. A chunk goes only where it is missing: for each set of
 * copies that misses something there is one open pack, whose bytes are sealed once and are the same
 * in all of them. With all copies alike, as they mostly are, that is one. Thread-safe.
 */
final class PackStream {
  private final RepositoryKey key;
  private final SecureRandom random;
  private final List<CopyWriter> copies;
  private final Map<Long, OpenPack> open = new HashMap<>();

  PackStream(RepositoryKey key, SecureRandom random, List<CopyWriter> copies) {
    this.key = key;
    this.random = random;
    this.copies = copies;
  }

  /** Bit by bit, which copies lack a chunk and can still take it. */
  long missing(ChunkId chunk) {
    long set = 0;
    for (int i = 0; i < copies.size(); i++) {
      if (copies.get(i).alive() && !copies.get(i).index().contains(chunk)) {
        set |= 1L << i;
      }
    }
    return set;
  }

  synchronized void add(
      long targets, ChunkId chunk, int rawBytes, Codec codec, byte[] content, int length) {
    OpenPack pack = open.computeIfAbsent(targets, this::begin);
    pack.send(pack.writer.append(chunk, rawBytes, codec, content, length));
    if (pack.writer.full()) {
      open.remove(targets);
      pack.finish();
    }
  }

  /** Finishes what is open. */
  synchronized void finish() {
    open.values().forEach(OpenPack::finish);
    open.clear();
  }

  private OpenPack begin(long targets) {
    List<CopyWriter> chosen = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      if ((targets & (1L << i)) != 0) {
        chosen.add(copies.get(i));
      }
    }
    OpenPack pack = new OpenPack(new PackWriter(key, random), chosen);
    chosen.forEach(copy -> copy.begin(pack.object));
    pack.send(pack.writer.header());
    return pack;
  }

  private static final class OpenPack {
    private final PackWriter writer;
    private final List<CopyWriter> targets;
    private final ObjectName object;

    OpenPack(PackWriter writer, List<CopyWriter> targets) {
      this.writer = writer;
      this.targets = targets;
      this.object = writer.id().object();
    }

    void send(byte[] bytes) {
      targets.forEach(copy -> copy.append(object, bytes));
    }

    void finish() {
      send(writer.finish());
      targets.forEach(copy -> copy.commit(object));
    }
  }
}
