package io.farshore.tlog.merkle;

import java.util.List;

/**
 * Evidence that a leaf is in a tree (RFC 6962 section 2.1.1).
 *
 * @param index of the leaf
 * @param size of the tree
 * @param hashes the leaf's sibling first
 */
public record InclusionProof(long index, long size, List<Hash> hashes) {
  public InclusionProof {
    hashes = List.copyOf(hashes);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("the index must lie within the tree");
    }
  }

  /** Whether a tree with {@code root} has {@code leaf} at the index (RFC 9162 section 2.1.3.2). */
  public boolean proves(Hash leaf, Hash root) {
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : hashes) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.node(sibling, hash);
        int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= up;
        last >>>= up;
      } else {
        hash = Hash.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
