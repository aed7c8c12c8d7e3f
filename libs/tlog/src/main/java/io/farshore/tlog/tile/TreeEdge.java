package io.farshore.tlog.tile;

import io.farshore.tlog.merkle.Hash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The growing right edge of a tree: for each level, the hashes of its last, incomplete tile. All
 * that is needed to append. Not thread-safe.
 */
public final class TreeEdge {
  private final List<List<Hash>> levels = new ArrayList<>();
  private long size;

  /** Takes note of a tile. */
  @FunctionalInterface
  public interface TileSink {
    void on(HashTile tile, List<Hash> hashes);
  }

  /** The edge of an empty tree. */
  public TreeEdge() {}

  /** The edge of a published tree. */
  public static TreeEdge load(LogFiles files, long size) {
    TreeEdge edge = new TreeEdge();
    edge.size = size;
    for (int level = 0; HashTile.hashes(level, size) > 0; level++) {
      long hashes = HashTile.hashes(level, size);
      long tile = hashes / LogResource.WIDTH_FULL;
      boolean partial = hashes % LogResource.WIDTH_FULL != 0;
      edge.levels.add(
          partial
              ? new ArrayList<>(files.hashes(HashTile.in(size, level, tile)))
              : new ArrayList<>());
    }
    return edge;
  }

  public long size() {
    return size;
  }

  /** Adds a leaf and tells of each tile that it fills, lowest first. */
  public void append(Hash leaf, TileSink full) {
    size++;
    Hash carried = leaf;
    for (int level = 0; ; level++) {
      if (level == levels.size()) {
        levels.add(new ArrayList<>());
      }
      List<Hash> hashes = levels.get(level);
      hashes.add(carried);
      if (hashes.size() < LogResource.WIDTH_FULL) {
        return;
      }
      long index = HashTile.hashes(level, size) / LogResource.WIDTH_FULL - 1;
      full.on(new HashTile(level, index, LogResource.WIDTH_FULL), List.copyOf(hashes));
      carried = TileNodes.perfectRoot(hashes);
      hashes.clear();
    }
  }

  /** Tells of the last tile of each level that has an incomplete one. */
  public void partials(TileSink partial) {
    for (int level = 0; level < levels.size(); level++) {
      List<Hash> hashes = levels.get(level);
      if (!hashes.isEmpty()) {
        long index = HashTile.hashes(level, size) / LogResource.WIDTH_FULL;
        partial.on(new HashTile(level, index, hashes.size()), List.copyOf(hashes));
      }
    }
  }

  /** The tree's root: its perfect subtrees, largest first, folded from the right. */
  public Hash root() {
    @Nullable Hash root = null;
    for (List<Hash> hashes : levels) {
      int end = hashes.size();
      while (end > 0) {
        int width = Integer.lowestOneBit(end);
        Hash subtree = TileNodes.perfectRoot(hashes.subList(end - width, end));
        root = root == null ? subtree : Hash.node(subtree, root);
        end -= width;
      }
    }
    return root == null ? Hash.EMPTY_ROOT : root;
  }

  /** A tile's content. */
  public static byte[] encode(List<Hash> hashes) {
    byte[] encoded = new byte[hashes.size() * Hash.LENGTH_BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(encoded, i * Hash.LENGTH_BYTES);
    }
    return encoded;
  }
}
