package io.farshore.tlog.verify;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.tile.EntryBundle;
import io.farshore.tlog.tile.HashTile;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogResource;
import io.farshore.tlog.tile.TileNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes a log's root from its entries upwards and compares every tile met on the way. Not
 * thread-safe; used once.
 */
final class TreeScan {
  private final LogFiles files;
  private final long size;
  private final Findings findings;
  private long entriesChecked;
  private @Nullable VerifiedEntry first;
  private @Nullable VerifiedEntry last;

  TreeScan(LogFiles files, long size, Findings findings) {
    this.files = files;
    this.size = size;
    this.findings = findings;
  }

  /**
   * The root, as the entries from {@code fromEntry} on and the tiles above the earlier ones give
   * it; empty if too much is missing to say.
   */
  Optional<Hash> root(long fromEntry) {
    if (size == 0) {
      return Optional.of(Hash.EMPTY_ROOT);
    }
    long fromBundle = fromEntry / LogResource.WIDTH_FULL;
    Level level = leaves(fromBundle);
    List<@Nullable Hash> edge = new ArrayList<>(subtrees(level.rest()));
    for (int height = 1; HashTile.hashes(height, size) > 0; height++) {
      level = nodes(height, level.fullTiles());
      edge.addAll(0, subtrees(level.rest()));
    }
    @Nullable Hash root = null;
    for (@Nullable Hash subtree : edge.reversed()) {
      if (subtree == null) {
        return Optional.empty();
      }
      root = root == null ? subtree : Hash.node(subtree, root);
    }
    return Optional.ofNullable(root);
  }

  long entriesChecked() {
    return entriesChecked;
  }

  Optional<VerifiedEntry> first() {
    return Optional.ofNullable(first);
  }

  Optional<VerifiedEntry> last() {
    return Optional.ofNullable(last);
  }

  /**
   * @param fullTiles the root of each full tile; null where it was not computed
   * @param rest the hashes of the last tile, if that is partial
   */
  private record Level(List<@Nullable Hash> fullTiles, List<@Nullable Hash> rest) {}

  private Level leaves(long fromBundle) {
    long full = size / LogResource.WIDTH_FULL;
    List<@Nullable Hash> roots =
        new ArrayList<>(Collections.nCopies((int) Math.min(fromBundle, full), null));
    List<@Nullable Hash> rest = new ArrayList<>();
    if (fromBundle > 0) {
      readFirst();
    }
    for (long bundle = fromBundle; bundle * LogResource.WIDTH_FULL < size; bundle++) {
      List<@Nullable Hash> hashes = leavesOf(bundle);
      if (bundle < full) {
        roots.add(rootOf(hashes));
      } else {
        rest = hashes;
      }
    }
    return new Level(roots, rest);
  }

  private List<@Nullable Hash> leavesOf(long index) {
    HashTile tile = HashTile.in(size, 0, index);
    EntryBundle bundle = EntryBundle.in(size, index);
    long firstEntry = index * LogResource.WIDTH_FULL;
    List<@Nullable Hash> stored = hashesOf(tile, firstEntry);
    List<byte[]> entries;
    try {
      entries = files.entries(bundle);
    } catch (FarshoreException damaged) {
      findings.add(bundle.path(), firstEntry, problemOf(damaged));
      return stored;
    }
    List<@Nullable Hash> computed = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Hash leaf = Hash.leaf(entries.get(i));
      computed.add(leaf);
      @Nullable Hash claimed = stored.get(i);
      if (claimed != null && !claimed.equals(leaf)) {
        findings.add(
            bundle.path(),
            firstEntry + i,
            "the entry does not have the leaf hash in " + tile.path());
      }
    }
    if (firstEntry == 0) {
      first = new VerifiedEntry(0, entries.getFirst());
    }
    last = new VerifiedEntry(firstEntry + entries.size() - 1, entries.getLast());
    entriesChecked += entries.size();
    return computed;
  }

  private Level nodes(int height, List<@Nullable Hash> children) {
    long count = HashTile.hashes(height, size);
    List<@Nullable Hash> roots = new ArrayList<>();
    List<@Nullable Hash> rest = new ArrayList<>();
    for (long index = 0; index * LogResource.WIDTH_FULL < count; index++) {
      HashTile tile = HashTile.in(size, height, index);
      int offset = (int) (index * LogResource.WIDTH_FULL);
      List<@Nullable Hash> hashes = hashesOf(tile, firstEntryUnder(height, offset));
      for (int i = 0; i < tile.width(); i++) {
        @Nullable Hash computed = children.get(offset + i);
        @Nullable Hash stored = hashes.get(i);
        if (computed != null && stored != null && !computed.equals(stored)) {
          findings.add(
              tile.path(),
              firstEntryUnder(height, offset + i),
              "the hash is not that of the level below");
        }
        hashes.set(i, computed != null ? computed : stored);
      }
      if (tile.isFull()) {
        roots.add(rootOf(hashes));
      } else {
        rest = hashes;
      }
    }
    return new Level(roots, rest);
  }

  /** The stored hashes; nulls, and a finding, if they cannot be read. */
  private List<@Nullable Hash> hashesOf(HashTile tile, long firstEntry) {
    try {
      return new ArrayList<>(files.hashes(tile));
    } catch (FarshoreException damaged) {
      findings.add(tile.path(), firstEntry, problemOf(damaged));
      return new ArrayList<>(Collections.nCopies(tile.width(), null));
    }
  }

  private void readFirst() {
    EntryBundle bundle = EntryBundle.in(size, 0);
    try {
      first = new VerifiedEntry(0, files.entries(bundle).getFirst());
    } catch (FarshoreException damaged) {
      findings.add(bundle.path(), 0L, problemOf(damaged));
    }
  }

  /** The perfect subtrees over the hashes of an incomplete tile, from left to right. */
  private static List<@Nullable Hash> subtrees(List<@Nullable Hash> hashes) {
    List<@Nullable Hash> roots = new ArrayList<>();
    for (int from = 0; from < hashes.size(); ) {
      int width = Integer.highestOneBit(hashes.size() - from);
      roots.add(rootOf(hashes.subList(from, from + width)));
      from += width;
    }
    return roots;
  }

  private static @Nullable Hash rootOf(List<@Nullable Hash> hashes) {
    List<Hash> known = new ArrayList<>(hashes.size());
    for (@Nullable Hash hash : hashes) {
      if (hash == null) {
        return null;
      }
      known.add(hash);
    }
    return TileNodes.perfectRoot(known);
  }

  private static long firstEntryUnder(int height, long position) {
    return position << (height * Byte.SIZE);
  }

  private static String problemOf(FarshoreException failure) {
    return failure.context().getOrDefault("problem", failure.describe());
  }
}
