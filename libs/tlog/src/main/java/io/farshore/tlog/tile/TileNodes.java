package io.farshore.tlog.tile;

import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.merkle.NodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers the nodes of a published tree from its tiles. Reads each tile once: make one for each
 * proof. Not thread-safe.
 */
public final class TileNodes implements NodeSource {
  private static final int LEVEL_BITS = 8;

  private final LogFiles files;
  private final long size;
  private final Map<HashTile, List<Hash>> tiles = new HashMap<>();

  /**
   * @param files where the tiles are
   * @param size of a published tree
   */
  public TileNodes(LogFiles files, long size) {
    this.files = files;
    this.size = size;
  }

  @Override
  public Hash node(int height, long index) {
    int level = height / LEVEL_BITS;
    int heightInTile = height % LEVEL_BITS;
    long first = index << heightInTile;
    HashTile tile = HashTile.in(size, level, first / LogResource.WIDTH_FULL);
    List<Hash> hashes = tiles.computeIfAbsent(tile, files::hashes);
    int from = (int) (first % LogResource.WIDTH_FULL);
    return perfectRoot(hashes.subList(from, from + (1 << heightInTile)));
  }

  /** The root over a power of two of hashes. */
  public static Hash perfectRoot(List<Hash> hashes) {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int middle = hashes.size() / 2;
    return Hash.node(
        perfectRoot(hashes.subList(0, middle)), perfectRoot(hashes.subList(middle, hashes.size())));
  }
}
