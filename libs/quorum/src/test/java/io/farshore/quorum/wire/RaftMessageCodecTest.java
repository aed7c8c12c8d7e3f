package io.farshore.quorum.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.MemberId;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.message.RaftMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RaftMessageCodecTest {
  private static final String GROUP = "group";
  private static final RaftEndpoint SENDER = new MemberEndpoint(new MemberId("us-east"));
  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();
  private static final int ROUNDS = 3_000;

  private final RaftMessageCodec codec = new RaftMessageCodec(GROUP);

  @Test
  void every_message_comes_back_as_it_was() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      RaftMessage message = anyMessage(random);

      RaftMessage back = codec.decode(SENDER, RaftMessageCodec.encode(message));

      assertThat(back.getClass()).isEqualTo(message.getClass());
      assertThat(RaftMessageCodec.encode(back)).isEqualTo(RaftMessageCodec.encode(message));
      assertThat(back.getSender()).isEqualTo(SENDER);
      assertThat(back.getGroupId()).isEqualTo(GROUP);
      assertThat(back.getTerm()).isEqualTo(message.getTerm());
    }
  }

  @Test
  void changed_and_random_bytes_are_read_or_refused_and_nothing_else() {
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes;
      if (random.nextBoolean()) {
        bytes = RaftMessageCodec.encode(anyMessage(random));
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      } else {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
      try {
        assertThat(codec.decode(SENDER, bytes)).isNotNull();
      } catch (MalformedBytesException e) {
        assertThat(e).hasMessageNotContaining("\u0000");
      }
    }
  }

  @Test
  void a_message_cut_short_is_refused() {
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = RaftMessageCodec.encode(anyMessage(random));
      byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));

      assertThatThrownBy(() -> codec.decode(SENDER, cut))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  @Test
  void a_length_larger_than_the_message_allocates_nothing() {
    byte[] claim = new ByteWriter().number(Integer.MAX_VALUE).toBytes();

    assertThatThrownBy(() -> new ByteReader(claim).bytes())
        .isInstanceOf(MalformedBytesException.class);
  }

  private static RaftMessage anyMessage(Random random) {
    int term = random.nextInt(Integer.MAX_VALUE);
    long a = random.nextLong() >>> (1 + random.nextInt(60));
    long b = random.nextLong() >>> (1 + random.nextInt(60));
    return switch (random.nextInt(10)) {
      case 0 ->
          MODEL
              .createAppendEntriesRequestBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setPreviousLogTerm(random.nextInt(9))
              .setPreviousLogIndex(a)
              .setCommitIndex(b)
              .setLogEntries(entries(random))
              .setQuerySequenceNumber(a)
              .setFlowControlSequenceNumber(b)
              .build();
      case 1 ->
          MODEL
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setLastLogIndex(a)
              .setQuerySequenceNumber(b)
              .setFlowControlSequenceNumber(a)
              .build();
      case 2 ->
          MODEL
              .createAppendEntriesFailureResponseBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setExpectedNextIndex(a)
              .setQuerySequenceNumber(b)
              .setFlowControlSequenceNumber(a)
              .build();
      case 3 -> install(random, term, a, b);
      case 4 ->
          MODEL
              .createInstallSnapshotResponseBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setSnapshotIndex(a)
              .setRequestedSnapshotChunkIndex(random.nextInt(99))
              .setQuerySequenceNumber(b)
              .setFlowControlSequenceNumber(a)
              .build();
      case 5 ->
          MODEL
              .createPreVoteRequestBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setLastLogTerm(random.nextInt(9))
              .setLastLogIndex(a)
              .build();
      case 6 ->
          MODEL
              .createPreVoteResponseBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setGranted(random.nextBoolean())
              .build();
      case 7 ->
          MODEL
              .createVoteRequestBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setLastLogTerm(random.nextInt(9))
              .setLastLogIndex(a)
              .setSticky(random.nextBoolean())
              .build();
      case 8 ->
          MODEL
              .createVoteResponseBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setGranted(random.nextBoolean())
              .build();
      default ->
          MODEL
              .createTriggerLeaderElectionRequestBuilder()
              .setGroupId(GROUP)
              .setSender(SENDER)
              .setTerm(term)
              .setLastLogTerm(random.nextInt(9))
              .setLastLogIndex(b)
              .build();
    };
  }

  private static RaftMessage install(Random random, int term, long a, long b) {
    RaftGroupMembersView members =
        MODEL
            .createRaftGroupMembersViewBuilder()
            .setLogIndex(a)
            .setMembers(List.of(SENDER))
            .setVotingMembers(List.of(SENDER))
            .build();
    byte[] content = new byte[random.nextInt(50)];
    random.nextBytes(content);
    return MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(GROUP)
        .setSender(SENDER)
        .setTerm(term)
        .setSenderLeader(random.nextBoolean())
        .setSnapshotTerm(random.nextInt(9))
        .setSnapshotIndex(a)
        .setTotalSnapshotChunkCount(2)
        .setSnapshotChunk(
            random.nextBoolean()
                ? null
                : MODEL
                    .createSnapshotChunkBuilder()
                    .setIndex(a)
                    .setTerm(1)
                    .setSnapshotChunkIndex(1)
                    .setSnapshotChunkCount(2)
                    .setGroupMembersView(members)
                    .setOperation(new Operation.SnapshotPiece(content))
                    .build())
        .setSnapshottedMembers(List.of(SENDER))
        .setGroupMembersView(members)
        .setQuerySequenceNumber(b)
        .setFlowControlSequenceNumber(a)
        .build();
  }

  private static List<LogEntry> entries(Random random) {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      byte[] command = new byte[random.nextInt(50)];
      random.nextBytes(command);
      entries.add(
          MODEL
              .createLogEntryBuilder()
              .setIndex(random.nextInt(1_000))
              .setTerm(random.nextInt(9))
              .setOperation(
                  random.nextBoolean()
                      ? Operation.NewTerm.INSTANCE
                      : new Operation.Command(command))
              .build());
    }
    return entries;
  }
}
