package io.farshore.tlog.tile;

/**
 * A run of hashes of one level of the tree; a hash of level L covers 256^L entries.
 *
 * @param level 0 for leaf hashes
 * @param index of the tile in its level
 * @param width how many hashes
 */
public record HashTile(int level, long index, int width) implements LogResource {
  /** Levels a tree of 2^63 entries can have. */
  public static final int LEVEL_MAX = 63;

  private static final int LEVEL_BITS = 8;

  public HashTile {
    if (level < 0 || level > LEVEL_MAX) {
      throw new IllegalArgumentException("a tile's level is 0 to 63");
    }
  }

  @Override
  public String path() {
    return "tile/" + level + "/" + LogResource.suffix(index, width);
  }

  /** How many hashes of {@code level} a tree of {@code size} entries has. */
  public static long hashes(int level, long size) {
    int shift = level * LEVEL_BITS;
    return shift >= Long.SIZE ? 0 : size >>> shift;
  }

  /** The tile as it is in a tree of {@code size} entries, which reaches it. */
  public static HashTile in(long size, int level, long index) {
    long rest = hashes(level, size) - index * WIDTH_FULL;
    return new HashTile(level, index, (int) Math.min(rest, WIDTH_FULL));
  }
}
