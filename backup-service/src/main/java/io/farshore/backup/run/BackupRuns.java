package io.farshore.backup.run;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.BackupEvents;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.Settlement;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.repository.LoadedRecoveryPoint;
import io.farshore.vault.repository.Repository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Carries out backup runs, one at a time for each component. Needs the source, the copies and this
 * machine's disk, and nothing else: neither Farshore's own database nor the broker. Thread-safe.
 */
public final class BackupRuns {
  private final Repository repository;
  private final SigningKey signer;
  private final DatabaseReader reader;
  private final RunJournal journal;
  private final Settlement<Run> settlement;
  private final RunListener listener;
  private final Clock clock;
  private final Executor executor;
  private final Map<RecoveryPointId, Active> active = new ConcurrentHashMap<>();

  /** A run under way; the session is absent until the copies are open. */
  private static final class Active {
    private final Run run;
    private volatile @Nullable BackupSession session;

    Active(Run run) {
      this.run = run;
    }

    long sourceBytes() {
      BackupSession open = session;
      return open == null ? 0 : open.sourceBytes();
    }

    List<CopyOutcome> outcomes() {
      BackupSession open = session;
      return open == null ? List.of() : open.outcomes();
    }
  }

  /**
   * A run as it stands now.
   *
   * @param run what is journaled
   * @param sourceBytes read so far
   */
  public record View(Run run, long sourceBytes) {}

  public BackupRuns(
      Repository repository,
      SigningKey signer,
      DatabaseReader reader,
      RunJournal journal,
      Settlement<Run> settlement,
      RunListener listener,
      Clock clock,
      Executor executor) {
    this.repository = repository;
    this.signer = signer;
    this.reader = reader;
    this.journal = journal;
    this.settlement = settlement;
    this.listener = listener;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Begins a run and returns at once.
   *
   * @param id new, or that of an earlier call, which is then answered again
   * @param origin who asks
   * @throws FarshoreException {@link BackupErrors#COMPONENT_UNKNOWN}, {@link
   *     BackupErrors#RUN_IN_PROGRESS}
   */
  public synchronized View start(
      RecoveryPointId id, String application, String component, Origin origin) {
    Optional<View> known = find(id);
    if (known.isPresent()) {
      return known.get();
    }
    DatabaseComponent database = component(application, component);
    for (Active other : active.values()) {
      if (other.run.of(database)) {
        throw new FarshoreException(
            BackupErrors.RUN_IN_PROGRESS,
            "A backup run of this component is under way",
            Map.of("runId", other.run.id().value(), "component", component));
      }
    }
    Run run =
        new Run(
            id,
            database.application(),
            database.component(),
            origin,
            clock.instant(),
            new RunState.Running(),
            List.of());
    run = run.withUntold(List.of(BackupEvents.started(run)));
    journal.save(run);
    Active started = new Active(run);
    active.put(id, started);
    executor.execute(() -> carryOut(started, database));
    return new View(run, 0);
  }

  public Optional<View> find(RecoveryPointId id) {
    Active running = active.get(id);
    return running != null
        ? Optional.of(new View(running.run, running.sourceBytes()))
        : settlement.waiting(id.value()).or(() -> journal.load(id)).map(BackupRuns::finished);
  }

  /** The newest first. */
  public List<View> list() {
    List<View> all = new ArrayList<>();
    for (Run run : journal.list()) {
      Active running = active.get(run.id());
      all.add(
          running == null
              ? finished(settlement.waiting(run.key()).orElse(run))
              : new View(run, running.sourceBytes()));
    }
    return all;
  }

  /**
   * Closes the runs that another process began and did not end: completed if their recovery point
   * is there, failed otherwise. What they left in the copies harms nobody. What another process did
   * not come to tell is told. Call once, at start.
   */
  public void closeInterrupted() {
    for (Run run : journal.list()) {
      if (run.state() instanceof RunState.Running && !active.containsKey(run.id())) {
        end(RunEnd.interrupted(run, made(run.id()), clock.instant()));
      } else if (!run.untold().isEmpty()) {
        settlement.settle(run);
      }
    }
  }

  private Optional<LoadedRecoveryPoint> made(RecoveryPointId id) {
    try {
      return Optional.of(repository.load(id));
    } catch (FarshoreException e) {
      // No copy has it, or none can be asked: nothing says that it was completed.
      return Optional.empty();
    }
  }

  /** Journals and tells what could not be journaled or told when it happened. */
  public void settleAgain() {
    settlement.settleAgain();
  }

  /** How many runs wait to be journaled or told of. */
  public int unsettled() {
    return settlement.waiting();
  }

  private void carryOut(Active running, DatabaseComponent database) {
    try {
      // A backup that nobody can be told of now is better than none: it is told later.
      settlement.settle(running.run);
      end(backUp(running, database));
    } finally {
      active.remove(running.run.id());
    }
  }

  private void end(RunEnd end) {
    settlement.settle(end.run());
    listener.ended(end.run(), end.result(), end.cause());
  }

  private RunEnd backUp(Active running, DatabaseComponent database) {
    Run run = running.run;
    BackupResult result;
    try {
      listener.started(run);
      result = seal(running, database);
    } catch (RuntimeException e) {
      return RunEnd.failed(run, e, running.outcomes(), clock.instant(), running.sourceBytes());
    }
    return RunEnd.sealed(run, result, clock.instant(), running.sourceBytes());
  }

  private BackupResult seal(Active running, DatabaseComponent database) {
    try (BackupSession session = repository.begin(signer)) {
      running.session = session;
      return session.seal(reader.read(database, running.run.id(), session));
    }
  }

  private DatabaseComponent component(String application, String component) {
    for (DatabaseComponent known : reader.components()) {
      if (known.application().value().equals(application) && known.component().equals(component)) {
        return known;
      }
    }
    throw new FarshoreException(
        BackupErrors.COMPONENT_UNKNOWN,
        "No such database can be backed up from here",
        Map.of("application", application, "component", component));
  }

  private static View finished(Run run) {
    return new View(
        run,
        switch (run.state()) {
          case RunState.Running running -> 0;
          case RunState.Completed completed -> completed.sourceBytes();
          case RunState.Failed failed -> failed.sourceBytes();
        });
  }
}
