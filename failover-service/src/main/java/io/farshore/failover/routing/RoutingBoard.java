package io.farshore.failover.routing;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.failover.control.ControlState;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The routing table, for those who ask and those who wait for the next one. Thread-safe. */
public final class RoutingBoard {
  public static final ErrorCode TOO_MANY_WAITING =
      ErrorCode.retryable("too-many-waiting", ErrorCategory.UNAVAILABLE);

  /** Gateways of a region, with room to spare; each waits on one connection. */
  static final int WAITING_MAX = 1_000;

  private final Supplier<ControlState> state;
  private final String issuer;
  private final Clock wallClock;
  private final Scheduler loop;
  private final List<Waiting> waiting = new ArrayList<>();

  private static final class Waiting {
    private final long after;
    private final CompletableFuture<Optional<RoutingTable>> answer = new CompletableFuture<>();
    private Scheduler.Cancellable timer = () -> {};

    private Waiting(long after) {
      this.after = after;
    }
  }

  public RoutingBoard(
      Supplier<ControlState> state, String issuer, Clock wallClock, Scheduler loop) {
    this.state = state;
    this.issuer = issuer;
    this.wallClock = wallClock;
    this.loop = loop;
  }

  /** The newest table this member knows. */
  public RoutingTable current() {
    ControlState now = state.get();
    return new RoutingTable(
        now.routes().revision(), wallClock.instant(), issuer, now.routes().routes());
  }

  /**
   * The first table newer than {@code after}: at once if there is one, otherwise when there is.
   *
   * @return empty if there was none within {@code wait}
   */
  public CompletionStage<Optional<RoutingTable>> after(long after, Duration wait) {
    synchronized (waiting) {
      // Looked at under the lock, so that a change cannot slip in between.
      RoutingTable now = current();
      if (now.revision() > after || wait.isZero()) {
        return CompletableFuture.completedFuture(
            now.revision() > after ? Optional.of(now) : Optional.empty());
      }
      if (waiting.size() >= WAITING_MAX) {
        throw new FarshoreException(
            TOO_MANY_WAITING, "Too many callers wait for the next routing table");
      }
      Waiting one = new Waiting(after);
      waiting.add(one);
      one.timer = loop.schedule(wait, () -> giveUp(one));
      return one.answer;
    }
  }

  /** The state changed: answers those who waited for what it holds now. */
  public void changed() {
    RoutingTable now = current();
    List<Waiting> due = new ArrayList<>();
    synchronized (waiting) {
      for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
        Waiting one = all.next();
        if (now.revision() > one.after) {
          all.remove();
          due.add(one);
        }
      }
    }
    for (Waiting one : due) {
      one.timer.cancel();
      one.answer.complete(Optional.of(now));
    }
  }

  private void giveUp(Waiting one) {
    synchronized (waiting) {
      waiting.remove(one);
    }
    one.answer.complete(Optional.empty());
  }
}
