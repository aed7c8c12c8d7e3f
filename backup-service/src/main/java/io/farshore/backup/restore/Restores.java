package io.farshore.backup.restore;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.BackupEvents;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.Settlement;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.recovery.RecoveryPreparation;
import io.farshore.vault.repository.Repository;
import io.farshore.vault.restore.RestoreListener;
import io.farshore.vault.restore.RestoreResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Carries out restores into directories. Needs the copies and this machine's disk. Thread-safe. */
public final class Restores {
  /** Restores at once: each wants all of the disk's bandwidth. */
  public static final int ACTIVE_MAX = 2;

  private final Repository repository;
  private final RestoreRoot root;
  private final RestoreJournal journal;
  private final Settlement<RestoreOrder> settlement;
  private final RestoreOrderListener listener;
  private final Clock clock;
  private final Executor executor;
  private final Map<String, Active> active = new ConcurrentHashMap<>();

  private record Active(RestoreOrder order, AtomicLong restoredBytes) {}

  /**
   * A restore as it stands now.
   *
   * @param order what is journaled
   * @param restoredBytes so far
   */
  public record View(RestoreOrder order, long restoredBytes) {}

  public Restores(
      Repository repository,
      RestoreRoot root,
      RestoreJournal journal,
      Settlement<RestoreOrder> settlement,
      RestoreOrderListener listener,
      Clock clock,
      Executor executor) {
    this.repository = repository;
    this.root = root;
    this.journal = journal;
    this.settlement = settlement;
    this.listener = listener;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Begins a restore and returns at once.
   *
   * @param id new, or that of an earlier call, which is then answered again
   * @param directory relative to the restore root, or absolute below it
   * @param origin who asks
   */
  public synchronized View start(
      String id,
      RecoveryPointId recoveryPoint,
      Optional<String> copy,
      String directory,
      Optional<Lsn> target,
      Origin origin) {
    Optional<View> known = find(id);
    if (known.isPresent()) {
      return known.get();
    }
    Path path = root.resolve(directory);
    RecoveryPointSummary summary = repository.load(recoveryPoint).manifest().summary();
    requireCopy(copy);
    target.ifPresent(lsn -> requireCovered(summary, lsn));
    if (active.size() >= ACTIVE_MAX) {
      throw new FarshoreException(
          BackupErrors.RESTORES_BUSY,
          "As many restores as are allowed at once are under way",
          Map.of("max", Integer.toString(ACTIVE_MAX)));
    }
    RestoreOrder order =
        new RestoreOrder(
            id,
            recoveryPoint,
            copy,
            path,
            target,
            origin,
            clock.instant(),
            new RestoreState.Running(),
            List.of());
    journal.save(order);
    Active started = new Active(order, new AtomicLong());
    active.put(id, started);
    executor.execute(() -> carryOut(started));
    return new View(order, 0);
  }

  public Optional<View> find(String id) {
    Active running = active.get(id);
    return running != null
        ? Optional.of(new View(running.order, running.restoredBytes.get()))
        : settlement.waiting(id).or(() -> journal.load(id)).map(Restores::finished);
  }

  /** The newest first. */
  public List<View> list() {
    List<View> all = new ArrayList<>();
    for (RestoreOrder order : journal.list()) {
      Active running = active.get(order.id());
      all.add(
          running == null
              ? finished(settlement.waiting(order.id()).orElse(order))
              : new View(order, running.restoredBytes.get()));
    }
    return all;
  }

  /**
   * Fails the restores that another process began and did not end, and tells what it did not come
   * to tell. Call once, at start.
   */
  public void closeInterrupted() {
    for (RestoreOrder order : journal.list()) {
      if (order.state() instanceof RestoreState.Running && !active.containsKey(order.id())) {
        end(RestoreEnd.interrupted(order, clock.instant()));
      } else if (!order.untold().isEmpty()) {
        settlement.settle(order);
      }
    }
  }

  /** Journals and tells what could not be journaled or told when it happened. */
  public void settleAgain() {
    settlement.settleAgain();
  }

  /** How many restores wait to be journaled or told of. */
  public int unsettled() {
    return settlement.waiting();
  }

  private void carryOut(Active running) {
    try {
      end(restore(running));
    } finally {
      active.remove(running.order.id());
    }
  }

  private void end(RestoreEnd end) {
    settlement.settle(end.order());
    listener.ended(end.order(), end.damages(), end.cause());
  }

  private RestoreEnd restore(Active running) {
    RestoreOrder order = running.order;
    RestoreResult result;
    try {
      listener.started(order);
      // What cannot be told is not begun: nobody decrypts a database unseen.
      settlement.tellNow(BackupEvents.started(order));
      result =
          repository.restore(
              order.recoveryPoint(),
              order.copy(),
              order.directory(),
              listening(running, RecoveryPreparation.finisher(order.target())));
    } catch (RuntimeException e) {
      return RestoreEnd.failed(order, e, clock.instant(), running.restoredBytes.get());
    }
    return RestoreEnd.completed(order, result, clock.instant());
  }

  private static RestoreListener listening(Active running, RestoreListener finisher) {
    return new RestoreListener() {
      @Override
      public void restored(long bytes) {
        running.restoredBytes.addAndGet(bytes);
      }

      @Override
      public void complete(Path directory, BackupManifest manifest) {
        finisher.complete(directory, manifest);
      }
    };
  }

  private void requireCopy(Optional<String> copy) {
    if (copy.isPresent()
        && repository.copies().stream().noneMatch(known -> known.name().equals(copy.get()))) {
      throw new FarshoreException(
          BackupErrors.VALUE_INVALID,
          "There is no copy of that name",
          Map.of("field", "copy", "copy", copy.get()));
    }
  }

  /** Earlier than the stop position the data is not consistent; later there is no log. */
  private static void requireCovered(RecoveryPointSummary summary, Lsn target) {
    Lsn last = summary.countsLsn() == null ? summary.stopLsn() : summary.countsLsn();
    if (target.compareTo(summary.stopLsn()) < 0 || target.isAfter(last)) {
      throw new FarshoreException(
          BackupErrors.TARGET_OUT_OF_RANGE,
          "The recovery point's log does not cover the position",
          Map.of(
              "targetLsn", target.toString(),
              "first", summary.stopLsn().toString(),
              "last", last.toString()));
    }
  }

  private static View finished(RestoreOrder order) {
    return new View(
        order,
        switch (order.state()) {
          case RestoreState.Running running -> 0;
          case RestoreState.Completed completed -> completed.restoredBytes();
          case RestoreState.Failed failed -> failed.restoredBytes();
        });
  }
}
