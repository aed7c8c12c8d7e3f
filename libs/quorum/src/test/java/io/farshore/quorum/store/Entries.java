package io.farshore.quorum.store;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.wire.MemberEndpoint;
import io.farshore.quorum.wire.Operation;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests put into stores, and a readable form of what comes out. */
final class Entries {
  static final MemberId SELF = new MemberId("us-east");
  static final MemberId OTHER = new MemberId("eu-west");

  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  private Entries() {}

  static LogEntry entry(long index, int term, String command) {
    return MODEL
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(new Operation.Command(command.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  static SnapshotChunk chunk(long index, int number, int count, String content) {
    return MODEL
        .createSnapshotChunkBuilder()
        .setIndex(index)
        .setTerm(1)
        .setSnapshotChunkIndex(number)
        .setSnapshotChunkCount(count)
        .setGroupMembersView(members())
        .setOperation(new Operation.SnapshotPiece(content.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  static RaftGroupMembersView members() {
    List<RaftEndpoint> all = List.of(new MemberEndpoint(SELF), new MemberEndpoint(OTHER));
    return MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(0)
        .setMembers(all)
        .setVotingMembers(all)
        .build();
  }

  static RaftEndpointPersistentState self() {
    return MODEL
        .createRaftEndpointPersistentStateBuilder()
        .setLocalEndpoint(new MemberEndpoint(SELF))
        .setVoting(true)
        .build();
  }

  static RaftTermPersistentState term(int term, @Nullable MemberId vote) {
    return MODEL
        .createRaftTermPersistentStateBuilder()
        .setTerm(term)
        .setVotedFor(vote == null ? null : new MemberEndpoint(vote))
        .build();
  }

  static String text(LogEntry entry) {
    Operation.Command command = (Operation.Command) entry.getOperation();
    return entry.getIndex()
        + "/"
        + entry.getTerm()
        + ":"
        + new String(command.content(), StandardCharsets.UTF_8);
  }

  static String text(SnapshotChunk chunk) {
    Operation.SnapshotPiece piece = (Operation.SnapshotPiece) chunk.getOperation();
    return chunk.getIndex() + ":" + new String(piece.content(), StandardCharsets.UTF_8);
  }
}
