package io.farshore.quorum.store;

import static io.farshore.quorum.store.Entries.chunk;
import static io.farshore.quorum.store.Entries.entry;
import static io.farshore.quorum.store.Entries.term;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.quorum.wire.MemberEndpoint;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store of a member does. */
abstract class QuorumStoreContract {
  /** Opens what the last one closed left behind; at first, a new one. */
  abstract QuorumStore open();

  private QuorumStore started() throws IOException {
    QuorumStore store = open();
    store.persistAndFlushLocalEndpoint(Entries.self());
    store.persistAndFlushInitialGroupMembers(Entries.members());
    return store;
  }

  private RestoredRaftState reopened(QuorumStore store) {
    store.close();
    try (QuorumStore next = open()) {
      return next.restored().orElseThrow();
    }
  }

  private static List<String> entries(RestoredRaftState state) {
    return state.getLogEntries().stream().map(Entries::text).toList();
  }

  @Test
  void a_new_store_has_nothing() {
    try (QuorumStore store = open()) {
      assertThat(store.restored()).isEmpty();
    }
  }

  @Test
  void members_term_and_vote_are_remembered() throws IOException {
    QuorumStore store = started();
    store.persistAndFlushTerm(term(7, Entries.OTHER));

    RestoredRaftState state = reopened(store);

    assertThat(state.getTermPersistentState().getTerm()).isEqualTo(7);
    assertThat(state.getTermPersistentState().getVotedFor())
        .isEqualTo(new MemberEndpoint(Entries.OTHER));
    assertThat(state.getInitialGroupMembers().getMembers()).hasSize(2);
    assertThat(state.getLocalEndpointPersistentState().isVoting()).isTrue();
  }

  @Test
  void a_new_term_forgets_the_vote() throws IOException {
    QuorumStore store = started();
    store.persistAndFlushTerm(term(7, Entries.OTHER));
    store.persistAndFlushTerm(term(8, null));

    RestoredRaftState state = reopened(store);

    assertThat(state.getTermPersistentState().getTerm()).isEqualTo(8);
    assertThat(state.getTermPersistentState().getVotedFor()).isNull();
  }

  @Test
  void flushed_entries_are_remembered() throws IOException {
    QuorumStore store = started();
    store.persistLogEntries(List.of(entry(1, 1, "a"), entry(2, 1, "b")));
    store.flush();

    assertThat(entries(reopened(store))).containsExactly("1/1:a", "2/1:b");
  }

  @Test
  void entries_cut_off_are_gone_and_can_be_written_anew() throws IOException {
    QuorumStore store = started();
    store.persistLogEntries(List.of(entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")));
    store.flush();
    store.truncateLogEntriesFrom(2);
    store.persistLogEntries(List.of(entry(2, 2, "B")));
    store.flush();

    assertThat(entries(reopened(store))).containsExactly("1/1:a", "2/2:B");
  }

  @Test
  void a_snapshot_takes_the_place_of_the_entries_it_covers() throws IOException {
    QuorumStore store = started();
    store.persistLogEntries(List.of(entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")));
    store.flush();
    store.persistSnapshotChunk(chunk(2, 0, 2, "x"));
    store.persistSnapshotChunk(chunk(2, 1, 2, "y"));
    store.flush();
    store.truncateLogEntriesUntil(2);
    store.flush();

    RestoredRaftState state = reopened(store);

    assertThat(snapshot(state)).containsExactly("2:x", "2:y");
    assertThat(entries(state)).containsExactly("3/1:c");
  }

  @Test
  void a_snapshot_ahead_of_the_log_is_followed_by_what_comes_after_it() throws IOException {
    QuorumStore store = started();
    store.persistLogEntries(List.of(entry(1, 1, "a")));
    store.flush();
    store.persistSnapshotChunk(chunk(50, 0, 1, "x"));
    store.flush();
    store.truncateLogEntriesUntil(50);
    store.persistLogEntries(List.of(entry(51, 1, "b")));
    store.flush();

    RestoredRaftState state = reopened(store);

    assertThat(snapshot(state)).containsExactly("50:x");
    assertThat(entries(state)).containsExactly("51/1:b");
  }

  @Test
  void an_incomplete_snapshot_does_not_count() throws IOException {
    QuorumStore store = started();
    store.persistLogEntries(List.of(entry(1, 1, "a")));
    store.persistSnapshotChunk(chunk(1, 1, 2, "y"));
    store.flush();

    RestoredRaftState state = reopened(store);

    assertThat(state.getSnapshotEntry()).isNull();
    assertThat(entries(state)).containsExactly("1/1:a");
  }

  @Test
  void chunks_of_a_snapshot_given_up_do_not_complete_another() throws IOException {
    QuorumStore store = started();
    store.persistSnapshotChunk(chunk(10, 0, 2, "old"));
    store.deleteSnapshotChunks(10, 2);
    store.persistSnapshotChunk(chunk(20, 1, 2, "new second"));
    store.persistSnapshotChunk(chunk(20, 0, 2, "new first"));
    store.flush();

    assertThat(snapshot(reopened(store))).containsExactly("20:new first", "20:new second");
  }

  @Test
  void a_long_life_with_many_snapshots_leaves_the_last_of_them() throws IOException {
    QuorumStore store = started();
    String large = "x".repeat(2_000);
    for (long round = 0; round < 30; round++) {
      long first = round * 100 + 1;
      for (long index = first; index < first + 100; index++) {
        store.persistLogEntries(List.of(entry(index, 1, large)));
        store.flush();
      }
      store.persistSnapshotChunk(chunk(first + 49, 0, 1, "at " + (first + 49)));
      store.flush();
      store.truncateLogEntriesUntil(first + 49);
      store.flush();
    }

    RestoredRaftState state = reopened(store);

    assertThat(snapshot(state)).containsExactly("2950:at 2950");
    assertThat(state.getLogEntries())
        .extracting(entry -> entry.getIndex())
        .containsExactlyElementsOf(LongStream.rangeClosed(2951, 3000).boxed().toList());
  }

  @SuppressWarnings("unchecked") // MicroRaft keeps a snapshot's chunks as an untyped operation
  private static List<String> snapshot(RestoredRaftState state) {
    List<SnapshotChunk> chunks = (List<SnapshotChunk>) state.getSnapshotEntry().getOperation();
    return chunks.stream().map(Entries::text).toList();
  }
}
