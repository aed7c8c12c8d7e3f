package io.farshore.quorum.wire;

import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Log entries and snapshot chunks in bytes, for the wire and for the disk alike. */
public final class EntryCodec {
  private static final int NEW_TERM = 0;
  private static final int COMMAND = 1;

  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  private EntryCodec() {}

  public static void writeEntry(ByteWriter out, LogEntry entry) {
    out.number(entry.getIndex()).number(entry.getTerm());
    switch ((Operation) entry.getOperation()) {
      case Operation.NewTerm ignored -> out.byteValue(NEW_TERM);
      case Operation.Command command -> out.byteValue(COMMAND).bytes(command.content());
      case Operation.SnapshotPiece ignored ->
          throw new IllegalArgumentException("a log entry carries no snapshot");
    }
  }

  public static LogEntry readEntry(ByteReader in) {
    long index = in.number();
    int term = in.smallNumber();
    Operation operation =
        switch (in.byteValue()) {
          case NEW_TERM -> Operation.NewTerm.INSTANCE;
          case COMMAND -> new Operation.Command(in.bytes());
          default -> throw new MalformedBytesException("unknown operation");
        };
    return MODEL
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(operation)
        .build();
  }

  public static void writeChunk(ByteWriter out, SnapshotChunk chunk) {
    out.number(chunk.getIndex())
        .number(chunk.getTerm())
        .number(chunk.getSnapshotChunkIndex())
        .number(chunk.getSnapshotChunkCount());
    writeMembers(out, chunk.getGroupMembersView());
    out.bytes(((Operation.SnapshotPiece) chunk.getOperation()).content());
  }

  public static SnapshotChunk readChunk(ByteReader in) {
    long index = in.number();
    int term = in.smallNumber();
    int chunk = in.smallNumber();
    int chunks = in.smallNumber();
    if (chunk >= chunks) {
      throw new MalformedBytesException("snapshot chunk beyond their number");
    }
    RaftGroupMembersView members = readMembers(in);
    return MODEL
        .createSnapshotChunkBuilder()
        .setIndex(index)
        .setTerm(term)
        .setSnapshotChunkIndex(chunk)
        .setSnapshotChunkCount(chunks)
        .setGroupMembersView(members)
        .setOperation(new Operation.SnapshotPiece(in.bytes()))
        .build();
  }

  public static void writeMembers(ByteWriter out, RaftGroupMembersView members) {
    out.number(members.getLogIndex());
    writeEndpoints(out, members.getMembers());
    writeEndpoints(out, members.getVotingMembers());
  }

  public static RaftGroupMembersView readMembers(ByteReader in) {
    return MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(in.number())
        .setMembers(readEndpoints(in))
        .setVotingMembers(readEndpoints(in))
        .build();
  }

  static void writeEndpoints(ByteWriter out, Collection<RaftEndpoint> endpoints) {
    out.number(endpoints.size());
    endpoints.forEach(endpoint -> MemberEndpoint.write(out, endpoint));
  }

  static List<RaftEndpoint> readEndpoints(ByteReader in) {
    int count = in.count();
    List<RaftEndpoint> endpoints = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      endpoints.add(MemberEndpoint.read(in));
    }
    return endpoints;
  }
}
