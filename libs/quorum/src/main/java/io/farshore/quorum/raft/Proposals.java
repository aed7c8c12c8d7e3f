package io.farshore.quorum.raft;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.raft.MemberCalls.Refused;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.MemberEndpoint;
import io.farshore.quorum.wire.Operation;
import io.microraft.Ordered;
import io.microraft.QueryPolicy;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.NotLeaderException;
import io.microraft.impl.statemachine.NoOp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands and reads to the leader and their answers back, and knows what a failure means.
 * Lives on the member's thread.
 */
final class Proposals {
  static final String PROPOSE = "quorum/propose";
  static final String READ = "quorum/read";

  /** Between two attempts while no leader accepts: short beside an election. */
  private static final Duration RETRY_AFTER = Duration.ofMillis(50);

  private final RaftNode node;
  private final MemberCalls calls;
  private final MemberExecutor executor;
  private final MonotonicClock clock;
  private final Duration timeout;
  private final Supplier<Optional<FarshoreException>> stopped;

  Proposals(
      RaftNode node,
      MemberCalls calls,
      MemberExecutor executor,
      MonotonicClock clock,
      Duration timeout,
      Supplier<Optional<FarshoreException>> stopped) {
    this.node = node;
    this.calls = calls;
    this.executor = executor;
    this.clock = clock;
    this.timeout = timeout;
    this.stopped = stopped;
    calls.serve(PROPOSE, (from, command) -> replicate(command));
    calls.serve(READ, (from, nothing) -> read());
  }

  /** Completes {@code answer} within the time-out. */
  void propose(byte[] command, CompletableFuture<byte[]> answer) {
    Attempt attempt = new Attempt(PROPOSE, command, clock.now().plus(timeout), answer);
    limit(
        answer,
        () -> {
          // Between two attempts nothing is under way: the last one was refused.
          return attempt.underWay
              ? new FarshoreException(
                  QuorumErrors.OUTCOME_UNKNOWN, "the leader has not answered the proposal")
              : new FarshoreException(QuorumErrors.QUORUM_LOST, "no leader accepts proposals");
        });
    attempt.run();
  }

  /** Completes {@code reached} within the time-out. */
  void barrier(CompletableFuture<Long> reached) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    CompletionStage<byte[]> confirmed = answer;
    limit(
        reached, () -> new FarshoreException(QuorumErrors.QUORUM_LOST, "no leader confirms reads"));
    new Attempt(READ, new byte[0], clock.now().plus(timeout), answer).run();
    confirmed
        .thenCompose(
            index ->
                node.waitFor(new ByteReader(index).number(), timeout)
                    .thenApply(Ordered::getCommitIndex))
        .whenComplete(
            (index, failure) -> {
              if (failure == null) {
                reached.complete(index);
              } else if (Failures.unwrap(failure) instanceof FarshoreException known) {
                reached.completeExceptionally(known);
              }
              // Anything else ends with the time-out.
            });
  }

  private <T> void limit(CompletableFuture<T> answer, Supplier<FarshoreException> failure) {
    Scheduler.Cancellable timer =
        executor.schedule(timeout, () -> answer.completeExceptionally(failure.get()));
    CompletionStage<T> stage = answer;
    stage.whenComplete((done, failed) -> timer.cancel());
  }

  /** One command or read on its way, attempted until accepted or out of time. */
  private final class Attempt implements Runnable {
    private final String topic;
    private final byte[] request;
    private final MonotonicInstant deadline;
    private final CompletableFuture<byte[]> answer;
    private boolean underWay;

    Attempt(
        String topic, byte[] request, MonotonicInstant deadline, CompletableFuture<byte[]> answer) {
      this.topic = topic;
      this.request = request;
      this.deadline = deadline;
      this.answer = answer;
    }

    @Override
    public void run() {
      if (answer.isDone()) {
        return;
      }
      Optional<FarshoreException> fault = stopped.get();
      if (fault.isPresent()) {
        answer.completeExceptionally(fault.get());
        return;
      }
      MemberId leader = leader();
      Duration left = deadline.since(clock.now());
      if (leader == null || left.isNegative() || left.isZero()) {
        executor.schedule(RETRY_AFTER, this);
        return;
      }
      underWay = true;
      calls.call(leader, topic, request, left).whenComplete(this::answered);
    }

    private void answered(byte @Nullable [] bytes, @Nullable Throwable failure) {
      if (failure == null && bytes != null) {
        answer.complete(bytes);
        return;
      }
      boolean notDone =
          Failures.unwrap(failure) instanceof Refused refused
              && refused.reason() == Frame.Reason.NOT_DONE;
      if (notDone || topic.equals(READ)) {
        underWay = false;
        executor.schedule(RETRY_AFTER, this);
      } else {
        answer.completeExceptionally(
            new FarshoreException(
                QuorumErrors.OUTCOME_UNKNOWN,
                "the leader could not say what became of the proposal"));
      }
    }
  }

  private @Nullable MemberId leader() {
    RaftEndpoint leader = node.getTerm().getLeaderEndpoint();
    return leader == null ? null : MemberEndpoint.memberOf(leader);
  }

  private CompletionStage<byte[]> replicate(byte[] command) {
    CompletableFuture<Ordered<byte[]>> outcome = node.replicate(new Operation.Command(command));
    // On this thread MicroRaft decides at once whether it accepts. Only a refusal at once proves
    // that the command is in nobody's log: one that comes later may be of an entry that another
    // member holds and still commits (Raft paper, figure 8).
    boolean refused = outcome.isCompletedExceptionally();
    CompletionStage<Ordered<byte[]>> stage = outcome;
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    stage.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            answer.complete(done.getResult());
          } else {
            boolean notDone = refused && isRefusal(failure);
            answer.completeExceptionally(
                new Refused(notDone ? Frame.Reason.NOT_DONE : Frame.Reason.UNKNOWN));
          }
        });
    return answer;
  }

  private static boolean isRefusal(Throwable failure) {
    Throwable cause = Failures.unwrap(failure);
    return cause instanceof NotLeaderException
        || cause instanceof CannotReplicateException
        || cause instanceof IllegalStateException;
  }

  private CompletionStage<byte[]> read() {
    CompletionStage<Ordered<Object>> stage =
        node.query(NoOp.INSTANCE, QueryPolicy.LINEARIZABLE, Optional.empty(), Optional.of(timeout));
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    stage.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            answer.complete(new ByteWriter().number(done.getCommitIndex()).toBytes());
          } else {
            answer.completeExceptionally(new Refused(Frame.Reason.NOT_DONE));
          }
        });
    return answer;
  }
}
