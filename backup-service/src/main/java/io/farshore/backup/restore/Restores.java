package io.farshore.backup.restore;

import io.farshore.backup.BackupErrors;
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
import org.jspecify.annotations.Nullable;

/** Carries out restores into directories. Needs the copies and this machine's disk. Thread-safe. */
public final class Restores {
  /** Restores at once: each wants all of the disk's bandwidth. */
  public static final int ACTIVE_MAX = 2;

  private final Repository repository;
  private final RestoreRoot root;
  private final RestoreJournal journal;
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
      RestoreOrderListener listener,
      Clock clock,
      Executor executor) {
    this.repository = repository;
    this.root = root;
    this.journal = journal;
    this.listener = listener;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Begins a restore and returns at once.
   *
   * @param id new, or that of an earlier call, which is then answered again
   * @param directory relative to the restore root, or absolute below it
   * @param actor who asks
   */
  public synchronized View start(
      String id,
      RecoveryPointId recoveryPoint,
      Optional<String> copy,
      String directory,
      Optional<Lsn> target,
      String actor) {
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
            Optional.of(actor),
            clock.instant(),
            new RestoreState.Running());
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
        : journal.load(id).map(Restores::finished);
  }

  /** The newest first. */
  public List<View> list() {
    List<View> all = new ArrayList<>();
    for (RestoreOrder order : journal.list()) {
      Active running = active.get(order.id());
      all.add(running == null ? finished(order) : new View(order, running.restoredBytes.get()));
    }
    return all;
  }

  /** Fails the restores that another process began and did not end. Call once, at start. */
  public void closeInterrupted() {
    for (RestoreOrder order : journal.list()) {
      if (order.state() instanceof RestoreState.Running running
          && !active.containsKey(order.id())) {
        RestoreOrder failed =
            order.with(
                running.toFailed(
                    clock.instant(),
                    BackupErrors.INTERRUPTED.value(),
                    "The service ended while the restore was under way",
                    0));
        listener.ended(failed, null, 0, null);
        journal.save(failed);
      }
    }
  }

  private void carryOut(Active running) {
    RestoreOrder order = running.order;
    RestoreState.Running state = new RestoreState.Running();
    try {
      listener.started(order);
      RestoreResult result =
          repository.restore(
              order.recoveryPoint(),
              order.copy(),
              order.directory(),
              listening(running, RecoveryPreparation.finisher(order.target())));
      RestoreOrder completed =
          order.with(
              state.toCompleted(
                  clock.instant(),
                  result.copiesUsed().stream().sorted().toList(),
                  result.restoredBytes()));
      end(completed, result.manifestDigest(), result.damageCount(), null);
    } catch (FarshoreException e) {
      fail(running, state, e.code().value(), e.describe(), e);
    } catch (RuntimeException e) {
      fail(
          running,
          state,
          BackupErrors.DEFECT.value(),
          "The restore failed in an unexpected way",
          e);
    } finally {
      active.remove(order.id());
    }
  }

  private void fail(
      Active running, RestoreState.Running state, String code, String error, Throwable cause) {
    long bytes = running.restoredBytes.get();
    end(running.order.with(state.toFailed(clock.instant(), code, error, bytes)), null, 0, cause);
  }

  private void end(
      RestoreOrder order,
      @Nullable String manifestDigest,
      long damages,
      @Nullable Throwable cause) {
    journal.save(order);
    listener.ended(order, manifestDigest, damages, cause);
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
