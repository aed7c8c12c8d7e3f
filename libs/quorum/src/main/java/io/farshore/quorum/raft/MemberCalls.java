package io.farshore.quorum.raft;

import static java.lang.System.Logger.Level.WARNING;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.QuorumErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages and calls beside the log. Topics may be registered from any thread; all else happens on
 * the member's thread.
 */
final class MemberCalls {
  /** A member with more unanswered calls than this has lost its peers, not its patience. */
  static final int WAITING_MAX = 10_000;

  private static final System.Logger LOG = System.getLogger(MemberCalls.class.getName());

  private final MemberId self;
  private final MemberLinks links;
  private final MemberExecutor executor;
  private final Map<String, BiConsumer<MemberId, byte[]>> subscribers = new ConcurrentHashMap<>();
  private final Map<String, BiFunction<MemberId, byte[], CompletionStage<byte[]>>> servers =
      new ConcurrentHashMap<>();
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long lastId;

  /** A call's own end: refused by the other side, for the reason named. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Frame.Reason reason;

    Refused(Frame.Reason reason) {
      super("the member asked did not answer");
      this.reason = reason;
    }

    Frame.Reason reason() {
      return reason;
    }
  }

  private record Waiting(
      MemberId member, CompletableFuture<byte[]> answer, Scheduler.Cancellable timer) {}

  /**
   * @param firstId of the calls; drawn anew for each process, because an answer to a call of this
   *     member's last life may still be on its way
   */
  MemberCalls(MemberId self, MemberLinks links, MemberExecutor executor, long firstId) {
    this.lastId = firstId;
    this.self = self;
    this.links = links;
    this.executor = executor;
  }

  void subscribe(String topic, BiConsumer<MemberId, byte[]> handler) {
    if (subscribers.putIfAbsent(topic, handler) != null) {
      throw new IllegalStateException("the topic has a subscriber already");
    }
  }

  void serve(String topic, BiFunction<MemberId, byte[], CompletionStage<byte[]>> handler) {
    if (servers.putIfAbsent(topic, handler) != null) {
      throw new IllegalStateException("the topic is served already");
    }
  }

  void send(MemberId to, String topic, byte[] message) {
    if (to.equals(self)) {
      executor.submit(() -> deliver(self, topic, message));
    } else {
      links.send(to, new Frame.Message(topic, new Frame.Content(message)).encode());
    }
  }

  /** Completes on the member's thread; fails with {@link Refused} or a timed-out call. */
  CompletionStage<byte[]> call(MemberId to, String topic, byte[] request, Duration timeout) {
    if (to.equals(self)) {
      return serveLocally(self, topic, request);
    }
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    if (waiting.size() >= WAITING_MAX) {
      answer.completeExceptionally(
          new FarshoreException(
              QuorumErrors.TOO_MANY_WAITING, "too many calls of this member wait for an answer"));
      return answer;
    }
    long id = ++lastId;
    Scheduler.Cancellable timer = executor.schedule(timeout, () -> timedOut(id));
    waiting.put(id, new Waiting(to, answer, timer));
    links.send(to, new Frame.Call(id, topic, new Frame.Content(request)).encode());
    return answer;
  }

  private void timedOut(long id) {
    Waiting call = waiting.remove(id);
    if (call != null) {
      call.answer.completeExceptionally(
          new FarshoreException(
              QuorumErrors.CALL_TIMED_OUT,
              "the member asked did not answer in time",
              Map.of("member", call.member.value())));
    }
  }

  void on(MemberId from, Frame.Message message) {
    deliver(from, message.topic(), message.content().bytes());
  }

  void on(MemberId from, Frame.Call call) {
    serveLocally(from, call.topic(), call.content().bytes())
        .whenComplete(
            (answer, failure) -> links.send(from, answerTo(call.id(), answer, failure).encode()));
  }

  void on(MemberId from, Frame.Answer answer) {
    Waiting call = take(from, answer.id());
    if (call != null) {
      call.answer.complete(answer.content().bytes());
    }
  }

  void on(MemberId from, Frame.Refusal refusal) {
    Waiting call = take(from, refusal.id());
    if (call != null) {
      call.answer.completeExceptionally(new Refused(refusal.reason()));
    }
  }

  /** Ends every call that waits. */
  void close(FarshoreException why) {
    Map<Long, Waiting> ended = new HashMap<>(waiting);
    waiting.clear();
    ended
        .values()
        .forEach(
            call -> {
              call.timer.cancel();
              call.answer.completeExceptionally(why);
            });
  }

  private @Nullable Waiting take(MemberId from, long id) {
    Waiting call = waiting.get(id);
    if (call == null || !call.member.equals(from)) {
      return null;
    }
    waiting.remove(id);
    call.timer.cancel();
    return call;
  }

  private void deliver(MemberId from, String topic, byte[] message) {
    BiConsumer<MemberId, byte[]> subscriber = subscribers.get(topic);
    if (subscriber != null) {
      subscriber.accept(from, message);
    }
  }

  private CompletionStage<byte[]> serveLocally(MemberId from, String topic, byte[] request) {
    BiFunction<MemberId, byte[], CompletionStage<byte[]>> server = servers.get(topic);
    if (server == null) {
      return CompletableFuture.failedFuture(new Refused(Frame.Reason.NO_SUCH_TOPIC));
    }
    try {
      return server.apply(from, request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Frame answerTo(long id, byte @Nullable [] answer, @Nullable Throwable failure) {
    if (failure == null && answer != null) {
      return new Frame.Answer(id, new Frame.Content(answer));
    }
    Throwable cause = Failures.unwrap(failure);
    if (cause instanceof Refused refused) {
      return new Frame.Refusal(id, refused.reason);
    }
    LOG.log(WARNING, "answering a member's call failed", cause);
    return new Frame.Refusal(id, Frame.Reason.FAILED);
  }
}
