package io.farshore.failover.lease.drivers.postgres;

import io.farshore.contracts.failover.RegionStatus;
import io.farshore.failover.control.Fork;
import io.farshore.failover.lease.DatabaseReading;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.Timeouts;
import io.farshore.postgres.fence.SessionFence;
import io.farshore.postgres.gate.CommitGate;
import io.farshore.postgres.history.Divergence;
import io.farshore.postgres.history.TimelineHistory;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.DatabaseStatus;
import io.farshore.postgres.status.Promoter;
import io.farshore.postgres.status.Promotion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of this region. Thread-safe; blocking work is done by its own threads. */
public final class PostgresGuardedDatabase implements GuardedDatabase, AutoCloseable {
  /** A database that takes longer to answer than this is not serving its users either. */
  static final Timeouts READ_TIMEOUTS = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));

  static final Timeouts ACT_TIMEOUTS = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));

  /** How long a promotion may replay what was received. */
  static final Duration PROMOTE_PATIENCE = Duration.ofSeconds(60);

  /** How long a replica may take to receive the last of a log that has stopped. */
  static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(8);

  private static final long CATCH_UP_POLL_NANOS = 20_000_000;

  private final PostgresEndpoint reader;
  private final PostgresEndpoint actor;
  private final Set<String> exemptUsers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Object reading = new Object();
  private @Nullable Connection connection;
  private @Nullable CommitGate gate;

  /**
   * @param server as the guard's role: superuser, or one that may promote, terminate, alter and
   *     replicate
   * @param exemptUsers roles whose sessions a fence leaves alone
   */
  public PostgresGuardedDatabase(PostgresEndpoint server, Set<String> exemptUsers) {
    PostgresEndpoint guard = server.withApplicationName("farshore_guard");
    this.reader = guard.withTimeouts(READ_TIMEOUTS);
    this.actor = guard.withTimeouts(ACT_TIMEOUTS);
    Set<String> exempt = new HashSet<>(exemptUsers);
    exempt.add(server.user()); // the guard's own sessions do its work
    this.exemptUsers = Set.copyOf(exempt);
  }

  @Override
  public CompletionStage<DatabaseReading> read() {
    return run(() -> reading(probe()));
  }

  @Override
  public CompletionStage<Promoted> promote(@Nullable Lsn minimum) {
    return run(
        () -> {
          DatabaseStatus before = DatabaseProbe.probe(actor);
          if (minimum != null) {
            before = awaitReceived(before, minimum);
          }
          Promotion promotion =
              Promoter.promote(actor, before.systemIdentifier(), PROMOTE_PATIENCE);
          ReplicationPosition now = promotion.position();
          List<TimelineHistory.Fork> forks = TimelineHistory.read(actor, now.timeline()).forks();
          if (forks.isEmpty()) {
            throw new FarshoreException(
                PostgresErrors.NOT_PROMOTED,
                "The server is a primary that was never promoted",
                Map.of("server", actor.toString()));
          }
          TimelineHistory.Fork last = forks.getLast();
          return new Promoted(new Fork(last.parent(), last.at(), now.timeline()), now);
        });
  }

  @Override
  public CompletionStage<Integer> fence() {
    return run(() -> SessionFence.fence(actor, exemptUsers));
  }

  @Override
  public CompletionStage<Void> unfence() {
    return run(
        () -> {
          SessionFence.unfence(actor);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> proveCommit() {
    return run(
        () -> {
          try (Connection fresh = actor.connect();
              Statement statement = fresh.createStatement()) {
            // A transactional message is a commit like any other, and leaves no row behind.
            statement.execute("SELECT pg_logical_emit_message(true, 'farshore.verify', '')");
            return null;
          } catch (SQLException e) {
            throw failure(e);
          }
        });
  }

  @Override
  public CompletionStage<Optional<RegionStatus.Divergence>> divergence(List<Fork> forks) {
    return run(
        () -> {
          TimelineHistory history =
              new TimelineHistory(
                  forks.getLast().to(),
                  forks.stream()
                      .map(fork -> new TimelineHistory.Fork(fork.from(), fork.at()))
                      .toList());
          return Divergence.measure(actor, history).map(PostgresGuardedDatabase::view);
        });
  }

  @Override
  public synchronized void openGate(BooleanSupplier mayConfirm) {
    if (gate == null) {
      gate = CommitGate.open(actor, mayConfirm);
    }
  }

  @Override
  public synchronized void closeGate() {
    CommitGate open = gate;
    gate = null;
    if (open != null) {
      // Closing waits for the gate's thread; the guard must not.
      threads.execute(open::close);
    }
  }

  @Override
  public void close() {
    closeGate();
    threads.close();
    synchronized (reading) {
      forget();
    }
  }

  private DatabaseStatus probe() {
    synchronized (reading) {
      Connection kept = connection;
      if (kept != null) {
        try {
          return DatabaseProbe.probe(kept);
        } catch (SQLException broken) {
          // A restart or a fence ends sessions; only a fresh one tells whether the server serves.
          forget();
        }
      }
      Connection fresh = reader.connect();
      connection = fresh;
      try {
        return DatabaseProbe.probe(fresh);
      } catch (SQLException e) {
        forget();
        throw failure(e);
      }
    }
  }

  private void forget() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException alreadyBroken) {
        // That it is broken is why it is thrown away.
      }
    }
  }

  private DatabaseStatus awaitReceived(DatabaseStatus before, Lsn minimum) {
    long deadline = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
    DatabaseStatus now = before;
    while (now instanceof DatabaseStatus.Replica
        && minimum.isAfter(reading(now).position().lsn())) {
      if (System.nanoTime() - deadline > 0) {
        throw new FarshoreException(
            PostgresErrors.NOT_PROMOTED,
            "The replica has not received the end of the log",
            Map.of(
                "needed", minimum.toString(),
                "received", reading(now).position().lsn().toString()));
      }
      LockSupport.parkNanos(CATCH_UP_POLL_NANOS);
      now = DatabaseProbe.probe(actor);
    }
    return now;
  }

  private static DatabaseReading reading(DatabaseStatus status) {
    return switch (status) {
      case DatabaseStatus.Primary primary ->
          new DatabaseReading(
              primary.fenced() ? DatabaseRole.FENCED : DatabaseRole.PRIMARY, primary.position());
      case DatabaseStatus.Replica replica -> {
        // What was received is durable here and will be replayed before a promotion ends; what
        // was restored from an archive was never "received".
        Lsn replayed = replica.position().lsn();
        Lsn received = replica.received();
        yield new DatabaseReading(
            DatabaseRole.REPLICA,
            new ReplicationPosition(
                replica.position().timeline(),
                received != null && received.isAfter(replayed) ? received : replayed));
      }
    };
  }

  private static RegionStatus.Divergence view(Divergence found) {
    OptionalLong commits = found.commits();
    return new RegionStatus.Divergence(
        found.fork().toString(),
        found.end().toString(),
        found.bytes(),
        commits.isPresent() ? commits.getAsLong() : null);
  }

  private FarshoreException failure(SQLException cause) {
    return new FarshoreException(
        PostgresErrors.UNREACHABLE,
        "PostgreSQL failed",
        Map.of(
            "server", reader.toString(),
            "sqlState", String.valueOf(cause.getSQLState()),
            "error", String.valueOf(cause.getMessage())),
        cause);
  }

  private <T extends @Nullable Object> CompletionStage<T> run(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }
}
