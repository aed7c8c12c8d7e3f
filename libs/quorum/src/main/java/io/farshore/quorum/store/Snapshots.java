package io.farshore.quorum.store;

import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.EntryCodec;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots, one file each, written whole once all chunks are there: a snapshot of which a part is
 * missing is of no use after a restart.
 */
final class Snapshots {
  static final int MAGIC = 0x4651_534E;
  private static final String PREFIX = "snapshot-";

  private final Disk disk;
  private final TreeMap<Integer, SnapshotChunk> collected = new TreeMap<>();
  private long newest;

  Snapshots(Disk disk) {
    this.disk = disk;
  }

  static String nameOf(long index) {
    return String.format(Locale.ROOT, "%s%020d", PREFIX, index);
  }

  static boolean isSnapshot(String name) {
    return name.startsWith(PREFIX);
  }

  /** The newest snapshot. A damaged one is an error even when there is an older one. */
  Optional<SnapshotEntry> load() throws IOException {
    List<String> names = disk.names().stream().filter(Snapshots::isSnapshot).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Checked.Block block = Checked.read(MAGIC, disk.read(names.getLast()), 0);
    LogSegments.requireVersion(block.version());
    ByteReader in = new ByteReader(block.bytes());
    List<SnapshotChunk> chunks = new ArrayList<>();
    for (int count = in.count(); count > 0; count--) {
      chunks.add(EntryCodec.readChunk(in));
    }
    in.end();
    newest = block.number();
    return Optional.of(
        new DefaultRaftModelFactory()
            .createSnapshotEntryBuilder()
            .setIndex(chunks.getFirst().getIndex())
            .setTerm(chunks.getFirst().getTerm())
            .setSnapshotChunks(chunks)
            .setGroupMembersView(chunks.getFirst().getGroupMembersView())
            .build());
  }

  void collect(SnapshotChunk chunk) {
    if (!collected.isEmpty() && collected.firstEntry().getValue().getIndex() != chunk.getIndex()) {
      collected.clear();
    }
    collected.put(chunk.getSnapshotChunkIndex(), chunk);
  }

  void forget(long index) {
    if (!collected.isEmpty() && collected.firstEntry().getValue().getIndex() == index) {
      collected.clear();
    }
  }

  /** Makes a snapshot durable if all its chunks are there. */
  void flush() throws IOException {
    if (collected.isEmpty()) {
      return;
    }
    SnapshotChunk first = collected.firstEntry().getValue();
    if (collected.size() < first.getSnapshotChunkCount()) {
      return;
    }
    ByteWriter out = new ByteWriter().number(collected.size());
    collected.values().forEach(chunk -> EntryCodec.writeChunk(out, chunk));
    disk.replace(nameOf(first.getIndex()), Checked.block(MAGIC, first.getIndex(), out.toBytes()));
    newest = Math.max(newest, first.getIndex());
    collected.clear();
  }

  /** Deletes all but the newest. */
  void freeOlder() throws IOException {
    @Nullable String keep = newest == 0 ? null : nameOf(newest);
    for (String name : disk.names()) {
      if (isSnapshot(name) && !name.equals(keep)) {
        disk.delete(name);
      }
    }
  }
}
