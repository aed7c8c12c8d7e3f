package io.farshore.quorum.wire;

import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * MicroRaft's messages in bytes. Group and sender are not among them: they are what the
 * authenticated link proves, and are put in by the reader.
 */
public final class RaftMessageCodec {
  private static final int APPEND = 1;
  private static final int APPENDED = 2;
  private static final int APPEND_FAILED = 3;
  private static final int INSTALL = 4;
  private static final int INSTALL_NEXT = 5;
  private static final int PRE_VOTE = 6;
  private static final int PRE_VOTED = 7;
  private static final int VOTE = 8;
  private static final int VOTED = 9;
  private static final int TRIGGER_ELECTION = 10;

  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  private final String group;

  public RaftMessageCodec(String group) {
    this.group = group;
  }

  /** The message in bytes. */
  public static byte[] encode(RaftMessage message) {
    ByteWriter out = new ByteWriter();
    switch (message) {
      case AppendEntriesRequest m -> {
        head(out, APPEND, m)
            .number(m.getPreviousLogTerm())
            .number(m.getPreviousLogIndex())
            .number(m.getCommitIndex())
            .number(m.getQuerySequenceNumber())
            .number(m.getFlowControlSequenceNumber())
            .number(m.getLogEntries().size());
        m.getLogEntries().forEach(entry -> EntryCodec.writeEntry(out, entry));
      }
      case AppendEntriesSuccessResponse m ->
          head(out, APPENDED, m)
              .number(m.getLastLogIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case AppendEntriesFailureResponse m ->
          head(out, APPEND_FAILED, m)
              .number(m.getExpectedNextIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case InstallSnapshotRequest m -> {
        head(out, INSTALL, m)
            .flag(m.isSenderLeader())
            .number(m.getSnapshotTerm())
            .number(m.getSnapshotIndex())
            .number(m.getTotalSnapshotChunkCount())
            .number(m.getQuerySequenceNumber())
            .number(m.getFlowControlSequenceNumber());
        EntryCodec.writeEndpoints(out, m.getSnapshottedMembers());
        EntryCodec.writeMembers(out, m.getGroupMembersView());
        out.flag(m.getSnapshotChunk() != null);
        if (m.getSnapshotChunk() != null) {
          EntryCodec.writeChunk(out, m.getSnapshotChunk());
        }
      }
      case InstallSnapshotResponse m ->
          head(out, INSTALL_NEXT, m)
              .number(m.getSnapshotIndex())
              .number(m.getRequestedSnapshotChunkIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case PreVoteRequest m ->
          head(out, PRE_VOTE, m).number(m.getLastLogTerm()).number(m.getLastLogIndex());
      case PreVoteResponse m -> head(out, PRE_VOTED, m).flag(m.isGranted());
      case VoteRequest m ->
          head(out, VOTE, m)
              .number(m.getLastLogTerm())
              .number(m.getLastLogIndex())
              .flag(m.isSticky());
      case VoteResponse m -> head(out, VOTED, m).flag(m.isGranted());
      case TriggerLeaderElectionRequest m ->
          head(out, TRIGGER_ELECTION, m).number(m.getLastLogTerm()).number(m.getLastLogIndex());
      default -> throw new IllegalArgumentException("not a message of this Raft");
    }
    return out.toBytes();
  }

  /**
   * The message the bytes hold.
   *
   * @param sender as the link proved it
   * @throws MalformedBytesException if they hold none
   */
  public RaftMessage decode(RaftEndpoint sender, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int kind = in.byteValue();
    int term = in.smallNumber();
    RaftMessage message =
        switch (kind) {
          case APPEND -> append(in, sender, term);
          case APPENDED ->
              MODEL
                  .createAppendEntriesSuccessResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogIndex(in.number())
                  .setQuerySequenceNumber(in.number())
                  .setFlowControlSequenceNumber(in.number())
                  .build();
          case APPEND_FAILED ->
              MODEL
                  .createAppendEntriesFailureResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setExpectedNextIndex(in.number())
                  .setQuerySequenceNumber(in.number())
                  .setFlowControlSequenceNumber(in.number())
                  .build();
          case INSTALL -> install(in, sender, term);
          case INSTALL_NEXT ->
              MODEL
                  .createInstallSnapshotResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setSnapshotIndex(in.number())
                  .setRequestedSnapshotChunkIndex(in.smallNumber())
                  .setQuerySequenceNumber(in.number())
                  .setFlowControlSequenceNumber(in.number())
                  .build();
          case PRE_VOTE ->
              MODEL
                  .createPreVoteRequestBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogTerm(in.smallNumber())
                  .setLastLogIndex(in.number())
                  .build();
          case PRE_VOTED ->
              MODEL
                  .createPreVoteResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setGranted(in.flag())
                  .build();
          case VOTE ->
              MODEL
                  .createVoteRequestBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogTerm(in.smallNumber())
                  .setLastLogIndex(in.number())
                  .setSticky(in.flag())
                  .build();
          case VOTED ->
              MODEL
                  .createVoteResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setGranted(in.flag())
                  .build();
          case TRIGGER_ELECTION ->
              MODEL
                  .createTriggerLeaderElectionRequestBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogTerm(in.smallNumber())
                  .setLastLogIndex(in.number())
                  .build();
          default -> throw new MalformedBytesException("unknown kind of message");
        };
    in.end();
    return message;
  }

  private RaftMessage append(ByteReader in, RaftEndpoint sender, int term) {
    var request =
        MODEL
            .createAppendEntriesRequestBuilder()
            .setGroupId(group)
            .setSender(sender)
            .setTerm(term)
            .setPreviousLogTerm(in.smallNumber())
            .setPreviousLogIndex(in.number())
            .setCommitIndex(in.number())
            .setQuerySequenceNumber(in.number())
            .setFlowControlSequenceNumber(in.number());
    int count = in.count();
    List<LogEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(EntryCodec.readEntry(in));
    }
    return request.setLogEntries(entries).build();
  }

  private RaftMessage install(ByteReader in, RaftEndpoint sender, int term) {
    var request =
        MODEL
            .createInstallSnapshotRequestBuilder()
            .setGroupId(group)
            .setSender(sender)
            .setTerm(term)
            .setSenderLeader(in.flag())
            .setSnapshotTerm(in.smallNumber())
            .setSnapshotIndex(in.number())
            .setTotalSnapshotChunkCount(in.smallNumber())
            .setQuerySequenceNumber(in.number())
            .setFlowControlSequenceNumber(in.number())
            .setSnapshottedMembers(EntryCodec.readEndpoints(in))
            .setGroupMembersView(EntryCodec.readMembers(in));
    return request.setSnapshotChunk(in.flag() ? EntryCodec.readChunk(in) : null).build();
  }

  private static ByteWriter head(ByteWriter out, int kind, RaftMessage message) {
    return out.byteValue(kind).number(message.getTerm());
  }
}
