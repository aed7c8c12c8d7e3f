package io.farshore.quorum;

import io.farshore.kernel.MemberId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One member's door to the quorum. Safe for use by several threads; never blocks its caller.
 *
 * <p>Stages and handlers complete on the member's own threads: do no lengthy work in them. All
 * failures are {@link io.farshore.kernel.FarshoreException} with a code of {@link QuorumErrors}.
 */
public interface Quorum extends AutoCloseable {
  /**
   * Has a command agreed upon and applied. May be called on any member; it is passed to the leader.
   *
   * <p>Answers within the settings' proposal time-out. {@link QuorumErrors#QUORUM_LOST}: not
   * accepted, may be proposed again. {@link QuorumErrors#OUTCOME_UNKNOWN}: it may or may not be
   * applied, now or later; only a command that is safe to apply twice, or compare-and-set, may
   * simply be proposed again.
   *
   * @param command at most {@link QuorumSettings#COMMAND_BYTES_MAX} bytes
   * @return what {@link StateMachine#apply} answered on the leader
   */
  CompletionStage<byte[]> propose(byte[] command);

  /**
   * Waits until everything that was committed anywhere before this call is applied here.
   *
   * @return the log position reached
   */
  CompletionStage<Long> barrier();

  MemberId self();

  /** The leader this member knows of. May already be deposed. */
  Optional<MemberId> leader();

  /** Whether this member believes to be the leader. Another may already be: never a right. */
  boolean leading();

  QuorumStatus status();

  /**
   * Called with every change of the known leader, in order, on the member's Raft thread; empty
   * while none is known.
   */
  void onLeaderChange(Consumer<Optional<MemberId>> listener);

  /**
   * Hands leadership to another member; does nothing if it leads already. Fails with {@code
   * quorum-lost} if the other does not catch up in time; can be repeated.
   */
  CompletionStage<Void> transferLeadership(MemberId to);

  /**
   * Sends a message to a member over the same authenticated links, outside the log. Best effort: it
   * may be lost, and is when the peer's queue overflows. A message to oneself is delivered as well,
   * later on the member's thread.
   *
   * @param topic at most {@link QuorumSettings#TOPIC_LENGTH_MAX} ASCII characters
   * @param message at most {@link QuorumSettings#MESSAGE_BYTES_MAX} bytes
   */
  void send(MemberId to, String topic, byte[] message);

  /** Receives the messages of a topic with their proven sender. One handler a topic. */
  void subscribe(String topic, BiConsumer<MemberId, byte[]> handler);

  /**
   * Asks a member and waits for its answer. Fails with {@link QuorumErrors#CALL_TIMED_OUT} when
   * none came in time (the other side may have acted), with {@link QuorumErrors#CALL_REFUSED} when
   * the other side failed or serves no such topic.
   */
  CompletionStage<byte[]> call(MemberId to, String topic, byte[] request, Duration timeout);

  /** Answers the calls of a topic. One handler a topic. */
  void serve(String topic, BiFunction<MemberId, byte[], CompletionStage<byte[]>> handler);

  /**
   * Leaves: stops, releases files and links. Idempotent. Waits for the member's thread, so it must
   * not be called on it.
   */
  @Override
  void close();
}
