package io.farshore.quorum.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.JournalMachine;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.QuorumStatus;
import io.farshore.quorum.store.FileRaftStore;
import io.farshore.quorum.store.SimulatedDisk;
import io.farshore.quorum.wire.MemberEndpoint;
import io.farshore.quorum.wire.RaftMessageCodec;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One member of three; the test says what the other two say. */
class PreVoteGuardTest {
  private static final MemberId SELF = new MemberId("us-east");
  private static final MemberId PEER = new MemberId("eu-west");
  private static final RaftEndpoint PEER_ENDPOINT = new MemberEndpoint(PEER);
  private static final String GROUP = "group";
  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();
  private static final int WAIT_SECONDS = 20;
  private static final int MESSAGES_MAX = 100;

  private final Script links = new Script();
  private @Nullable RaftQuorum opened;

  @BeforeEach
  void start() throws Exception {
    SortedSet<MemberId> members = new TreeSet<>(List.of(SELF, PEER, new MemberId("witness")));
    RaftQuorum quorum =
        RaftQuorum.start(
            QuorumSettings.of(GROUP, SELF, members),
            new JournalMachine(),
            new RaftQuorum.Parts(
                links,
                new MemberThread("test"),
                FileRaftStore.open(new SimulatedDisk(new Random(1)), GROUP, SELF),
                MonotonicClock.system(),
                new Random(1)));
    opened = quorum;
    quorum.started().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(opened).close();
  }

  @Test
  void a_refusal_from_terms_ahead_is_learned_from() throws Exception {
    links.awaitPreVoteFor(1);

    links.say(
        MODEL
            .createPreVoteResponseBuilder()
            .setGroupId(GROUP)
            .setSender(PEER_ENDPOINT)
            .setTerm(7)
            .setGranted(false)
            .build());

    links.awaitPreVoteFor(8);
  }

  @Test
  void a_refusal_for_the_logs_sake_does_not_raise_the_term() throws Exception {
    links.awaitPreVoteFor(1);

    links.say(
        MODEL
            .createPreVoteResponseBuilder()
            .setGroupId(GROUP)
            .setSender(PEER_ENDPOINT)
            .setTerm(1)
            .setGranted(false)
            .build());

    links.awaitPreVoteFor(1);
  }

  @Test
  void a_leader_found_during_a_pre_vote_is_missed_when_it_falls_silent() throws Exception {
    links.say(
        MODEL
            .createVoteRequestBuilder()
            .setGroupId(GROUP)
            .setSender(PEER_ENDPOINT)
            .setTerm(1)
            .setLastLogTerm(0)
            .setLastLogIndex(0)
            .setSticky(false)
            .build());
    links.awaitPreVoteFor(2);
    links.say(
        MODEL
            .createAppendEntriesRequestBuilder()
            .setGroupId(GROUP)
            .setSender(PEER_ENDPOINT)
            .setTerm(1)
            .setPreviousLogTerm(0)
            .setPreviousLogIndex(0)
            .setCommitIndex(0)
            .setLogEntries(List.of())
            .setQuerySequenceNumber(0)
            .setFlowControlSequenceNumber(0)
            .build());
    links.awaitLeader();

    links.awaitPreVoteFor(2);
  }

  @Test
  void answers_to_questions_of_an_earlier_term_are_told_apart() {
    RaftMessage late =
        MODEL
            .createAppendEntriesSuccessResponseBuilder()
            .setGroupId(GROUP)
            .setSender(PEER_ENDPOINT)
            .setTerm(3)
            .setLastLogIndex(9)
            .setQuerySequenceNumber(0)
            .setFlowControlSequenceNumber(0)
            .build();

    assertThat(LinkTransport.answersAnEarlierTerm(late, 4)).isTrue();
    assertThat(LinkTransport.answersAnEarlierTerm(late, 3)).isFalse();
  }

  private final class Script implements MemberLinks {
    private final RaftMessageCodec codec = new RaftMessageCodec(GROUP);
    private final BlockingQueue<RaftMessage> sent = new LinkedBlockingQueue<>();
    private @Nullable BiConsumer<MemberId, byte[]> receiver;

    void say(RaftMessage message) {
      byte[] bytes = RaftMessageCodec.encode(message);
      Objects.requireNonNull(receiver)
          .accept(PEER, new Frame.Raft(new Frame.Content(bytes)).encode());
    }

    void awaitLeader() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
      while (!Objects.requireNonNull(opened).leader().isPresent()) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("the leader was not accepted");
        }
        Thread.onSpinWait();
      }
      sent.clear();
    }

    void awaitPreVoteFor(int term) throws InterruptedException {
      for (int i = 0; i < MESSAGES_MAX; i++) {
        if (next() instanceof PreVoteRequest request && request.getTerm() == term) {
          sent.clear();
          return;
        }
      }
      throw new AssertionError("no pre-vote was asked for in that term");
    }

    private RaftMessage next() throws InterruptedException {
      RaftMessage message = sent.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no pre-vote was asked for");
      }
      return message;
    }

    @Override
    public void open(BiConsumer<MemberId, byte[]> to) {
      receiver = to;
    }

    @Override
    public void send(MemberId to, byte[] frame) {
      if (Frame.decode(frame) instanceof Frame.Raft raft) {
        sent.add(codec.decode(new MemberEndpoint(SELF), raft.message().bytes()));
      }
    }

    @Override
    public SortedSet<MemberId> reachable() {
      return new TreeSet<>();
    }

    @Override
    public QuorumStatus.Traffic traffic() {
      return QuorumStatus.Traffic.NONE;
    }

    @Override
    public void close() {}
  }
}
