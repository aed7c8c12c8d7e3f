package io.farshore.quorum.raft;

import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets nothing pass after the first failure. MicroRaft goes on after a failed write, and could then
 * acknowledge what is only in memory; after a failed fsync the page cache lies as well.
 */
final class GuardedStore implements RaftStore {
  private final RaftStore store;
  private final Consumer<Exception> onFailure;
  private boolean failed;

  GuardedStore(RaftStore store, Consumer<Exception> onFailure) {
    this.store = store;
    this.onFailure = onFailure;
  }

  private interface Write {
    void run() throws IOException;
  }

  private void guard(Write write) throws IOException {
    if (failed) {
      throw new IOException("the store failed before");
    }
    try {
      write.run();
    } catch (IOException | RuntimeException e) {
      failed = true;
      onFailure.accept(e);
      throw e;
    }
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) throws IOException {
    guard(() -> store.persistAndFlushLocalEndpoint(state));
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) throws IOException {
    guard(() -> store.persistAndFlushInitialGroupMembers(members));
  }

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState term) throws IOException {
    guard(() -> store.persistAndFlushTerm(term));
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) throws IOException {
    guard(() -> store.persistLogEntries(entries));
  }

  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) throws IOException {
    guard(() -> store.persistSnapshotChunk(chunk));
  }

  @Override
  public void truncateLogEntriesFrom(long index) throws IOException {
    guard(() -> store.truncateLogEntriesFrom(index));
  }

  @Override
  public void truncateLogEntriesUntil(long index) throws IOException {
    guard(() -> store.truncateLogEntriesUntil(index));
  }

  @Override
  public void deleteSnapshotChunks(long index, int chunks) throws IOException {
    guard(() -> store.deleteSnapshotChunks(index, chunks));
  }

  @Override
  public void flush() throws IOException {
    guard(store::flush);
  }
}
