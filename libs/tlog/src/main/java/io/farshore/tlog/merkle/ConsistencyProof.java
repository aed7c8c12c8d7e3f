package io.farshore.tlog.merkle;

import java.util.List;

/**
 * Evidence that a tree only grew (RFC 6962 section 2.1.2).
 *
 * @param earlierSize leaves before
 * @param size leaves after; not fewer
 * @param hashes as the RFC orders them; empty if the sizes are equal or the earlier tree is empty
 */
public record ConsistencyProof(long earlierSize, long size, List<Hash> hashes) {
  public ConsistencyProof {
    hashes = List.copyOf(hashes);
    if (earlierSize < 0 || earlierSize > size) {
      throw new IllegalArgumentException("the earlier tree must not be the larger");
    }
  }

  /** Whether the tree with {@code root} begins with the one with {@code earlierRoot}. */
  public boolean proves(Hash earlierRoot, Hash root) {
    if (earlierSize == size) {
      return hashes.isEmpty() && earlierRoot.equals(root);
    }
    if (earlierSize == 0) {
      return hashes.isEmpty() && earlierRoot.equals(Hash.EMPTY_ROOT);
    }
    return folds(earlierRoot, root);
  }

  /** RFC 9162 section 2.1.4.2. */
  private boolean folds(Hash earlierRoot, Hash root) {
    boolean perfect = Long.bitCount(earlierSize) == 1;
    if (hashes.isEmpty() && !perfect) {
      return false;
    }
    int next = perfect ? 0 : 1;
    Hash before = perfect ? earlierRoot : hashes.getFirst();
    Hash after = before;
    int shared = Long.numberOfTrailingZeros(earlierSize);
    long node = (earlierSize - 1) >>> shared;
    long last = (size - 1) >>> shared;
    for (Hash hash : hashes.subList(next, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        before = Hash.node(hash, before);
        after = Hash.node(hash, after);
        int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= up;
        last >>>= up;
      } else {
        after = Hash.node(after, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && before.equals(earlierRoot) && after.equals(root);
  }
}
