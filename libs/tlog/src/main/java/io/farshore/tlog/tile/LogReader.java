package io.farshore.tlog.tile;

import io.farshore.tlog.merkle.ConsistencyProof;
import io.farshore.tlog.merkle.InclusionProof;
import io.farshore.tlog.merkle.TreeHashes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads entries and makes proofs from published files. Thread-safe.
 *
 * @param files the log's
 * @param size of the published tree to read; from a checkpoint
 */
public record LogReader(LogFiles files, long size) {
  /**
   * Entries from {@code from} on, at most {@code limit}.
   *
   * @throws io.farshore.kernel.FarshoreException {@code log-damaged} if a bundle is not whole
   */
  public List<byte[]> entries(long from, int limit) {
    if (from < 0 || limit < 0) {
      throw new IllegalArgumentException("a range of entries begins at 0 or later");
    }
    long to = Math.min(size, from + limit);
    List<byte[]> found = new ArrayList<>();
    for (long at = from; at < to; ) {
      EntryBundle bundle = EntryBundle.in(size, at / LogResource.WIDTH_FULL);
      int first = (int) (at % LogResource.WIDTH_FULL);
      int last = (int) Math.min(bundle.width(), first + (to - at));
      found.addAll(files.entries(bundle).subList(first, last));
      at += last - first;
    }
    return found;
  }

  /** Proves that the entry at {@code index} is in the tree. */
  public InclusionProof inclusion(long index) {
    return new TreeHashes(new TileNodes(files, size), size).inclusion(index);
  }

  /** Proves that the tree begins with the one of {@code earlierSize} entries. */
  public ConsistencyProof consistency(long earlierSize) {
    return new TreeHashes(new TileNodes(files, size), size).consistency(earlierSize);
  }
}
