package io.farshore.kernel;

/**
 * A branch of PostgreSQL history, opened by a promotion.
 *
 * @param id 1 for a new cluster; unsigned 32-bit in PostgreSQL
 */
public record Timeline(long id) implements Comparable<Timeline> {
  private static final long ID_MAX = 0xFFFF_FFFFL;

  public Timeline {
    if (id < 1 || id > ID_MAX) {
      throw new IllegalArgumentException("timeline must be between 1 and 4294967295");
    }
  }

  @Override
  public int compareTo(Timeline other) {
    return Long.compare(id, other.id);
  }

  @Override
  public String toString() {
    return Long.toString(id);
  }
}
