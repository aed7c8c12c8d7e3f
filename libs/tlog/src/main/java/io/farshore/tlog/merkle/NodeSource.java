package io.farshore.tlog.merkle;

/** Answers the hashes of perfect subtrees of a tree of known size. */
@FunctionalInterface
public interface NodeSource {
  /**
   * The root of the subtree over leaves {@code index * 2^height} to {@code (index + 1) * 2^height -
   * 1}, all of which exist.
   */
  Hash node(int height, long index);
}
