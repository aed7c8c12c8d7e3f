package io.farshore.backup.run;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.CopyFailures;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.repository.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
      RunListener listener,
      Clock clock,
      Executor executor) {
    this.repository = repository;
    this.signer = signer;
    this.reader = reader;
    this.journal = journal;
    this.listener = listener;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Begins a run and returns at once.
   *
   * @param id new, or that of an earlier call, which is then answered again
   * @param actor who asks
   * @throws FarshoreException {@link BackupErrors#COMPONENT_UNKNOWN}, {@link
   *     BackupErrors#RUN_IN_PROGRESS}
   */
  public synchronized View start(
      RecoveryPointId id, String application, String component, String actor) {
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
            Optional.of(actor),
            clock.instant(),
            new RunState.Running());
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
        : journal.load(id).map(BackupRuns::finished);
  }

  /** The newest first. */
  public List<View> list() {
    List<View> all = new ArrayList<>();
    for (Run run : journal.list()) {
      Active running = active.get(run.id());
      all.add(running == null ? finished(run) : new View(run, running.sourceBytes()));
    }
    return all;
  }

  /**
   * Closes the runs that another process began and did not end: completed if their recovery point
   * is there, failed otherwise. What they left in the copies harms nobody. Call once, at start.
   */
  public void closeInterrupted() {
    for (Run run : journal.list()) {
      if (run.state() instanceof RunState.Running running && !active.containsKey(run.id())) {
        journal.save(run.with(afterwards(run, running)));
      }
    }
  }

  private RunState afterwards(Run run, RunState.Running running) {
    Instant now = clock.instant();
    boolean sealed;
    try {
      sealed = repository.list().contains(run.id());
    } catch (FarshoreException e) {
      // No copy can be asked: nothing says that it was completed.
      sealed = false;
    }
    if (sealed) {
      return running.toCompleted(now, run.id(), 0);
    }
    RunState.Failed failed =
        running.toFailed(
            now,
            BackupErrors.INTERRUPTED.value(),
            "The service ended while the run was under way",
            0);
    listener.failed(run, failed, List.of(), null);
    return failed;
  }

  private void carryOut(Active running, DatabaseComponent database) {
    Run run = running.run;
    RunState.Running state = new RunState.Running();
    RunState end;
    try {
      listener.started(run);
      end = backUp(running, database, state);
    } catch (FarshoreException e) {
      end = fail(running, state, e.code(), e.describe(), e);
    } catch (RuntimeException e) {
      end = fail(running, state, BackupErrors.DEFECT, "The run failed in an unexpected way", e);
    }
    try {
      journal.save(run.with(end));
    } finally {
      active.remove(run.id());
    }
  }

  private RunState backUp(Active running, DatabaseComponent database, RunState.Running state) {
    Run run = running.run;
    try (BackupSession session = repository.begin(signer)) {
      running.session = session;
      RecoveryPointFacts facts = reader.read(database, run.id(), session);
      BackupResult result = session.seal(facts);
      listener.sealed(run, result, Duration.between(run.startedAt(), clock.instant()));
      Optional<FarshoreException> incomplete = CopyFailures.required(result.outcomes());
      return incomplete.isPresent()
          ? fail(
              running,
              state,
              incomplete.get().code(),
              incomplete.get().describe(),
              incomplete.get())
          : state.toCompleted(clock.instant(), run.id(), session.sourceBytes());
    }
  }

  private RunState fail(
      Active running, RunState.Running state, ErrorCode code, String error, Throwable cause) {
    RunState.Failed failed =
        state.toFailed(clock.instant(), code.value(), error, running.sourceBytes());
    listener.failed(running.run, failed, running.outcomes(), cause);
    return failed;
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
