package io.farshore.tlog.writer;

import io.farshore.tlog.disk.DurableWrites;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.tile.EntryBundle;
import io.farshore.tlog.tile.HashTile;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogResource;
import io.farshore.tlog.tile.TreeEdge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns entries into tiles and bundles. After a failure its state is unknown and it must not be
 * used again. Not thread-safe.
 */
final class PendingTiles {
  private final LogFiles files;
  private final TreeEdge edge;
  private final List<byte[]> bundle;
  private final List<LogResource> completed = new ArrayList<>();

  private PendingTiles(LogFiles files, TreeEdge edge, List<byte[]> bundle) {
    this.files = files;
    this.edge = edge;
    this.bundle = bundle;
  }

  /** Goes on from a published tree. */
  static PendingTiles load(LogFiles files, long size) {
    boolean partial = size % LogResource.WIDTH_FULL != 0;
    List<byte[]> bundle =
        partial ? files.entries(EntryBundle.in(size, size / LogResource.WIDTH_FULL)) : List.of();
    return new PendingTiles(files, TreeEdge.load(files, size), new ArrayList<>(bundle));
  }

  Hash root() {
    return edge.root();
  }

  /**
   * Writes what {@code entries} add to the tree; durable when it returns, but not yet published.
   */
  void integrate(List<byte[]> entries) throws IOException {
    DurableWrites writes = new DurableWrites(files.disk(), files.directory());
    for (byte[] entry : entries) {
      long index = edge.size() / LogResource.WIDTH_FULL;
      bundle.add(entry);
      List<HashTile> full = new ArrayList<>();
      List<byte[]> contents = new ArrayList<>();
      edge.append(
          Hash.leaf(entry),
          (tile, hashes) -> {
            full.add(tile);
            contents.add(TreeEdge.encode(hashes));
          });
      for (int i = 0; i < full.size(); i++) {
        put(writes, full.get(i), contents.get(i));
      }
      if (bundle.size() == LogResource.WIDTH_FULL) {
        put(writes, new EntryBundle(index, LogResource.WIDTH_FULL), EntryBundle.encode(bundle));
        bundle.clear();
      }
    }
    List<HashTile> partial = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    edge.partials(
        (tile, hashes) -> {
          partial.add(tile);
          contents.add(TreeEdge.encode(hashes));
        });
    for (int i = 0; i < partial.size(); i++) {
      writes.put(files.fileOf(partial.get(i)), contents.get(i));
    }
    if (!bundle.isEmpty()) {
      EntryBundle last = EntryBundle.in(edge.size(), edge.size() / LogResource.WIDTH_FULL);
      writes.put(files.fileOf(last), EntryBundle.encode(bundle));
    }
    writes.sync();
  }

  /** Removes the partial tiles whose full ones are published by now. */
  void removeSupersededPartials() throws IOException {
    for (LogResource full : completed) {
      Path file = files.fileOf(full);
      Path partials = file.resolveSibling(file.getFileName() + ".p");
      List<Path> superseded = files.disk().list(partials);
      for (Path partial : superseded) {
        files.disk().delete(partial);
      }
      if (!superseded.isEmpty()) {
        files.disk().delete(partials);
      }
    }
    completed.clear();
  }

  private void put(DurableWrites writes, LogResource full, byte[] content) throws IOException {
    writes.put(files.fileOf(full), content);
    completed.add(full);
  }
}
