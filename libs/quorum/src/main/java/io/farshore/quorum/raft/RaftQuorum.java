package io.farshore.quorum.raft;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.QuorumStatus;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.store.QuorumStore;
import io.farshore.quorum.wire.MalformedBytesException;
import io.farshore.quorum.wire.MemberEndpoint;
import io.farshore.quorum.wire.RaftMessageCodec;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.exception.RaftException;
import io.microraft.model.message.RaftMessage;
import io.microraft.report.RaftNodeReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The quorum as one MicroRaft node sees it. */
public final class RaftQuorum implements Quorum {
  /** The member's thread may be inside one slow fsync. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(RaftQuorum.class.getName());

  private final QuorumSettings settings;
  private final MemberLinks links;
  private final MemberExecutor executor;
  private final QuorumStore store;
  private final RaftMessageCodec codec;
  private final MachineAdapter machine;
  private final MemberCalls calls;
  private final RaftNode node;
  private final Proposals proposals;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final List<Consumer<Optional<MemberId>>> leaderListeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable FarshoreException fault;
  private volatile long commitIndex;
  private Optional<MemberId> announcedLeader = Optional.empty();

  /**
   * What a member is made of.
   *
   * @param links closed by the quorum
   * @param executor the member's thread; closed by the quorum
   * @param store closed by the quorum
   * @param clock for time-outs
   * @param random for elections
   */
  public record Parts(
      MemberLinks links,
      MemberExecutor executor,
      QuorumStore store,
      MonotonicClock clock,
      Random random) {}

  private RaftQuorum(QuorumSettings settings, StateMachine stateMachine, Parts parts) {
    this.settings = settings;
    this.links = parts.links;
    this.executor = parts.executor;
    this.store = parts.store;
    this.codec = new RaftMessageCodec(settings.group());
    this.machine =
        new MachineAdapter(
            stateMachine,
            e -> stop(QuorumErrors.STATE_MACHINE_FAILED, "the state machine failed", e));
    this.calls = new MemberCalls(settings.self(), links, executor, parts.random.nextLong() >>> 2);
    this.node =
        NodeFactory.create(
            settings,
            parts,
            new GuardedStore(
                parts.store, e -> stop(QuorumErrors.STORE_FAILED, "the member's store failed", e)),
            new LinkTransport(links, () -> fault != null),
            machine,
            this::onReport);
    this.proposals =
        new Proposals(
            node,
            calls,
            executor,
            parts.clock,
            settings.proposalTimeout(),
            () -> Optional.ofNullable(fault));
  }

  /** Starts a member. It takes part from when {@link #started()} completes. */
  public static RaftQuorum start(QuorumSettings settings, StateMachine machine, Parts parts) {
    RaftQuorum quorum = new RaftQuorum(settings, machine, parts);
    parts.links.open(quorum::receive);
    parts.executor.submit(quorum::startNode);
    return quorum;
  }

  private void startNode() {
    CompletionStage<?> start = node.start();
    start.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            started.complete(null);
          } else {
            FarshoreException known = fault;
            started.completeExceptionally(
                known == null
                    ? new FarshoreException(
                        QuorumErrors.MEMBER_STOPPED,
                        "the member could not start",
                        Map.of(),
                        failure)
                    : known);
          }
        });
  }

  /** Completes once the member takes part; fails if it cannot. */
  public CompletionStage<Void> started() {
    return started.minimalCompletionStage();
  }

  private void receive(MemberId from, byte[] bytes) {
    if (from.equals(settings.self()) || !settings.members().contains(from)) {
      return;
    }
    Frame frame;
    RaftMessage message = null;
    try {
      frame = Frame.decode(bytes);
      if (frame instanceof Frame.Raft raft) {
        message = codec.decode(new MemberEndpoint(from), raft.message().bytes());
      }
    } catch (MalformedBytesException e) {
      // The link proved who sent it, so this is another version, not an attack: say so.
      LOG.log(WARNING, "a member sent a frame that cannot be read", e);
      return;
    }
    RaftMessage raftMessage = message;
    executor.submit(() -> handle(from, frame, raftMessage));
  }

  private void handle(MemberId from, Frame frame, @Nullable RaftMessage message) {
    switch (frame) {
      case Frame.Raft ignored -> {
        if (message != null
            && fault == null
            && !LinkTransport.answersAnEarlierTerm(message, node.getTerm().getTerm())) {
          handle(message);
        }
      }
      case Frame.Message m -> calls.on(from, m);
      case Frame.Call c -> calls.on(from, c);
      case Frame.Answer a -> calls.on(from, a);
      case Frame.Refusal r -> calls.on(from, r);
    }
  }

  private void handle(RaftMessage message) {
    try {
      PreVoteGuard.beforeHandling(message, node);
      node.handle(message);
      if (fault == null) {
        PreVoteGuard.afterHandling(node);
      }
    } catch (RaftException e) {
      // The store may fail in here; then the member has stopped and says why.
      if (fault == null) {
        throw e;
      }
    }
  }

  private void onReport(RaftNodeReport report) {
    commitIndex = Math.max(commitIndex, report.getLog().getCommitIndex());
    RaftEndpoint endpoint = report.getTerm().getLeaderEndpoint();
    Optional<MemberId> leader = Optional.ofNullable(endpoint).map(MemberEndpoint::memberOf);
    if (!leader.equals(announcedLeader)) {
      announcedLeader = leader;
      leaderListeners.forEach(listener -> listener.accept(leader));
    }
  }

  /** Called on the member's thread: from now on it says nothing and accepts nothing. */
  private void stop(ErrorCode code, String message, Exception cause) {
    if (fault != null) {
      return;
    }
    String detail =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    FarshoreException why = new FarshoreException(code, message, Map.of("detail", detail), cause);
    fault = why;
    LOG.log(ERROR, "the quorum member stops", why);
    // Not at once: MicroRaft is in the middle of the step that failed.
    executor.submit(this::terminateNode);
  }

  private void terminateNode() {
    CompletionStage<?> ignored = node.terminate();
  }

  @Override
  public CompletionStage<byte[]> propose(byte[] command) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    if (command.length > QuorumSettings.COMMAND_BYTES_MAX) {
      answer.completeExceptionally(Limits.tooLarge());
    } else if (refuseIfClosed(answer)) {
      byte[] own = command.clone();
      executor.submit(() -> proposals.propose(own, answer));
    }
    return answer;
  }

  @Override
  public CompletionStage<Long> barrier() {
    CompletableFuture<Long> reached = new CompletableFuture<>();
    if (refuseIfClosed(reached)) {
      executor.submit(() -> proposals.barrier(reached));
    }
    return reached;
  }

  @Override
  public MemberId self() {
    return settings.self();
  }

  @Override
  public Optional<MemberId> leader() {
    if (fault != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(node.getTerm().getLeaderEndpoint()).map(MemberEndpoint::memberOf);
  }

  @Override
  public boolean leading() {
    return leader().equals(Optional.of(settings.self()));
  }

  @Override
  public QuorumStatus status() {
    FarshoreException known = fault;
    Optional<MemberId> leader = leader();
    QuorumStatus.Health health =
        known != null
            ? QuorumStatus.Health.STOPPED
            : leader.isPresent() ? QuorumStatus.Health.WORKING : QuorumStatus.Health.LEADERLESS;
    return new QuorumStatus(
        settings.self(),
        health,
        Optional.ofNullable(known).map(FarshoreException::describe),
        leader,
        node.getTerm().getTerm(),
        Math.max(commitIndex, machine.appliedIndex()),
        machine.appliedIndex(),
        machine.snapshotIndex(),
        links.reachable(),
        links.traffic());
  }

  @Override
  public void onLeaderChange(Consumer<Optional<MemberId>> listener) {
    executor.submit(
        () -> {
          leaderListeners.add(listener);
          if (announcedLeader.isPresent()) {
            listener.accept(announcedLeader);
          }
        });
  }

  @Override
  public CompletionStage<Void> transferLeadership(MemberId to) {
    Limits.requireMember(settings, to);
    CompletableFuture<Void> moved = new CompletableFuture<>();
    executor.submit(
        () -> {
          CompletionStage<?> transfer = node.transferLeadership(new MemberEndpoint(to));
          transfer.whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  moved.complete(null);
                } else {
                  moved.completeExceptionally(
                      new FarshoreException(
                          QuorumErrors.QUORUM_LOST,
                          "leadership could not be handed over",
                          Map.of("to", to.value()),
                          failure));
                }
              });
        });
    return moved;
  }

  @Override
  public void send(MemberId to, String topic, byte[] message) {
    Limits.requireMember(settings, to);
    Limits.requireTopic(topic);
    Limits.requireMessage(message);
    byte[] own = message.clone();
    calls.send(to, topic, own);
  }

  @Override
  public void subscribe(String topic, BiConsumer<MemberId, byte[]> handler) {
    Limits.requireTopic(topic);
    calls.subscribe(topic, handler);
  }

  @Override
  public CompletionStage<byte[]> call(MemberId to, String topic, byte[] request, Duration timeout) {
    Limits.requireMember(settings, to);
    Limits.requireTopic(topic);
    Limits.requireMessage(request);
    byte[] own = request.clone();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    if (refuseIfClosed(answer)) {
      executor.submit(
          () ->
              calls
                  .call(to, topic, own, timeout)
                  .whenComplete((bytes, failure) -> pass(to, answer, bytes, failure)));
    }
    return answer;
  }

  private static void pass(
      MemberId to,
      CompletableFuture<byte[]> answer,
      byte @Nullable [] bytes,
      @Nullable Throwable failure) {
    if (failure == null && bytes != null) {
      answer.complete(bytes);
      return;
    }
    Throwable cause = Failures.unwrap(failure);
    answer.completeExceptionally(
        cause instanceof FarshoreException
            ? cause
            : new FarshoreException(
                QuorumErrors.CALL_REFUSED,
                "the member asked gave no answer",
                Map.of("member", to.value()),
                cause));
  }

  @Override
  public void serve(String topic, BiFunction<MemberId, byte[], CompletionStage<byte[]>> handler) {
    Limits.requireTopic(topic);
    calls.serve(topic, handler);
  }

  private boolean refuseIfClosed(CompletableFuture<?> answer) {
    if (closed.get()) {
      answer.completeExceptionally(closedFailure());
      return false;
    }
    return true;
  }

  private static FarshoreException closedFailure() {
    return new FarshoreException(QuorumErrors.MEMBER_STOPPED, "the member is closed");
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    executor.submit(
        () -> {
          fault = fault == null ? closedFailure() : fault;
          terminateNode();
          calls.close(closedFailure());
          store.close();
          ended.complete(null);
        });
    try {
      ended.orTimeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      LOG.log(WARNING, "the member's thread did not end in time", e);
    }
    executor.close();
    links.close();
  }
}
