package io.farshore.backup.journal;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.EventTeller;
import io.farshore.kernel.FarshoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Journals where runs or restores stand, then tells others of it. The journal is the truth: events
 * lie in it beside the state they tell of until they are told, so that no crash comes between the
 * two. What cannot be journaled or told now is kept and tried again, and never fails the work that
 * it is about. Thread-safe.
 *
 * @param <R> what is journaled
 */
public final class Settlement<R extends Journaled<R>> {
  /** As many as the journal keeps. */
  static final int WAITING_MAX = FileJournal.RECORDS_MAX;

  private final Consumer<R> journal;
  private final EventTeller teller;
  private final SettlementListener listener;
  private final NavigableMap<String, Waiting<R>> waiting = new ConcurrentSkipListMap<>();

  private record Waiting<R>(R record, boolean journaled) {}

  /**
   * @param journal stores a record; it is durable when that returns
   */
  public Settlement(Consumer<R> journal, EventTeller teller, SettlementListener listener) {
    this.journal = journal;
    this.teller = teller;
    this.listener = listener;
  }

  /**
   * Journals a record and tells its events, after those that wait since it stood elsewhere. What
   * fails is tried again by {@link #settleAgain}.
   */
  public synchronized void settle(R record) {
    String key = record.key();
    @Nullable Waiting<R> before = waiting.get(key);
    R whole = before == null ? record : record.withUntold(joined(before.record, record));
    Waiting<R> begin = new Waiting<>(whole, false);
    waiting.put(key, begin);
    Optional<RuntimeException> failure = attempt(key, begin);
    if (failure.isPresent()) {
      listener.waits(key, failure.get());
      while (waiting.size() > WAITING_MAX) {
        listener.givenUp(waiting.pollFirstEntry().getKey());
      }
    }
  }

  /** Tries again what could not be journaled or told. */
  public synchronized void settleAgain() {
    // Why they wait was said when they began to.
    waiting.forEach(this::attempt);
  }

  /**
   * Tells something that must be known before it begins.
   *
   * @throws FarshoreException if it cannot be told now
   */
  public void tellNow(BackupEvent event) {
    teller.tell(event);
  }

  /** What waits under that key: newer than what the journal has, if that cannot be written. */
  public Optional<R> waiting(String key) {
    return Optional.ofNullable(waiting.get(key)).map(Waiting::record);
  }

  /** How many records wait to be journaled or told of. */
  public int waiting() {
    return waiting.size();
  }

  /** Goes as far as it can; what was reached stays reached. */
  private Optional<RuntimeException> attempt(String key, Waiting<R> begin) {
    R record = begin.record;
    boolean journaled = begin.journaled;
    try {
      if (!journaled) {
        journal.accept(record);
        journaled = true;
      }
      while (!record.untold().isEmpty()) {
        List<BackupEvent> untold = record.untold();
        teller.tell(untold.getFirst());
        record = record.withUntold(untold.subList(1, untold.size()));
        journaled = false;
      }
      if (!journaled) {
        journal.accept(record);
      }
      waiting.remove(key);
      return Optional.empty();
    } catch (RuntimeException e) {
      waiting.put(key, new Waiting<>(record, journaled));
      return Optional.of(e);
    }
  }

  private static <R extends Journaled<R>> List<BackupEvent> joined(R before, R now) {
    List<BackupEvent> all = new ArrayList<>(before.untold());
    all.addAll(now.untold());
    return all;
  }
}
