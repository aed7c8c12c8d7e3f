package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks one source for ever. Every source has a watch of its own, all at the same time, so that a
 * failover is learnt from whoever knows it first and a dead source costs nothing.
 */
public final class TableWatch implements Runnable {
  /** A source that answers at once without news must not be asked in a tight loop. */
  static final Duration PAUSE_MIN = Duration.ofMillis(100);

  /** A dead source is asked this often at least: soon enough, and no burden. */
  static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  private final TableSource source;
  private final TableKeeper keeper;
  private final TableListener listener;
  private final MonotonicClock clock;
  private final Pause pause;
  private volatile State state = State.UNKNOWN;

  public TableWatch(
      TableSource source,
      TableKeeper keeper,
      TableListener listener,
      MonotonicClock clock,
      Pause pause) {
    this.source = source;
    this.keeper = keeper;
    this.listener = listener;
    this.clock = clock;
    this.pause = pause;
  }

  /** Runs until the thread is interrupted. */
  @Override
  public void run() {
    long after = 0;
    Duration wait = PAUSE_MIN;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        MonotonicInstant asked = clock.now();
        try {
          Optional<RoutingTable> table = source.next(after);
          found();
          boolean news = table.isPresent() && table.get().revision() != after;
          if (table.isPresent()) {
            // The source's own revision, also if it goes back: it is what the source counts from.
            after = table.get().revision();
            keeper.offer(table.get(), source.name());
          }
          wait = PAUSE_MIN;
          if (!news && clock.now().since(asked).compareTo(PAUSE_MIN) < 0) {
            pause.sleep(PAUSE_MIN);
          }
        } catch (FarshoreException e) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          lost(e);
          pause.sleep(wait);
          wait = wait.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : wait.multipliedBy(2);
          // It may come back with another history, for example restored from a copy.
          after = 0;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String source() {
    return source.name();
  }

  public State state() {
    return state;
  }

  private void found() {
    if (state == State.LOST) {
      listener.onSourceFound(source.name());
    }
    state = State.ANSWERING;
  }

  private void lost(FarshoreException failure) {
    if (state != State.LOST) {
      state = State.LOST;
      listener.onSourceLost(source.name(), failure);
    }
  }

  /** Whether the source answers. */
  public enum State {
    UNKNOWN,
    ANSWERING,
    LOST
  }

  /** Waits; a port, so that tests need not. */
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }
}
