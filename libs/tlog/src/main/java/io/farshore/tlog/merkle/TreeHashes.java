package io.farshore.tlog.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a tree whose nodes can be asked for (RFC 6962 sections 2.1.1 and 2.1.2). As
 * thread-safe as its source.
 */
public final class TreeHashes {
  private final NodeSource nodes;
  private final long size;

  /**
   * @param nodes answers every perfect subtree within {@code size}
   * @param size number of leaves
   */
  public TreeHashes(NodeSource nodes, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has 0 or more leaves");
    }
    this.nodes = nodes;
    this.size = size;
  }

  public Hash root() {
    return size == 0 ? Hash.EMPTY_ROOT : range(0, size);
  }

  /**
   * Proves that the leaf at {@code index} is in the tree.
   *
   * @throws IllegalArgumentException if there is no such leaf
   */
  public InclusionProof inclusion(long index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("the index must lie within the tree");
    }
    List<Hash> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /**
   * Proves that the tree begins with the tree of {@code earlierSize} leaves.
   *
   * @throws IllegalArgumentException if the earlier tree would be the larger
   */
  public ConsistencyProof consistency(long earlierSize) {
    if (earlierSize < 0 || earlierSize > size) {
      throw new IllegalArgumentException("the earlier tree must not be the larger");
    }
    List<Hash> path = new ArrayList<>();
    if (earlierSize > 0 && earlierSize < size) {
      consistency(earlierSize, 0, size, true, path);
    }
    return new ConsistencyProof(earlierSize, size, path);
  }

  private void inclusion(long index, long from, long to, List<Hash> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      inclusion(index, from, middle, path);
      path.add(range(middle, to));
    } else {
      inclusion(index, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /** SUBPROOF of RFC 6962 section 2.1.2; {@code whole} says that the verifier has that subtree. */
  private void consistency(long earlier, long from, long to, boolean whole, List<Hash> path) {
    if (earlier == to) {
      if (!whole) {
        path.add(range(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (earlier <= middle) {
      consistency(earlier, from, middle, whole, path);
      path.add(range(middle, to));
    } else {
      consistency(earlier, middle, to, false, path);
      path.add(range(from, middle));
    }
  }

  private Hash range(long from, long to) {
    long width = to - from;
    if (Long.bitCount(width) == 1) {
      int height = Long.numberOfTrailingZeros(width);
      return nodes.node(height, from >>> height);
    }
    long middle = from + split(width);
    return Hash.node(range(from, middle), range(middle, to));
  }

  /** The largest power of two smaller than {@code width}. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
