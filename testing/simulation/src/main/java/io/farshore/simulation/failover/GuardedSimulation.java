package io.farshore.simulation.failover;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.control.Fork;
import io.farshore.failover.lease.DatabaseReading;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.kernel.Lsn;
import io.farshore.simulation.Program.Environment;
import io.farshore.simulation.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process's hands on its region's database. What it asks for happens in the database's own time,
 * whether or not the process lives to hear of it; what it hears, it hears on its own thread.
 */
final class GuardedSimulation implements GuardedDatabase {
  private static final Duration CONFIRM_INTERVAL = Duration.ofMillis(25);
  private static final int ANSWER_MILLIS_MAX = 30;
  private static final int PROMOTION_MILLIS_MAX = 400;
  private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(8);
  private static final Duration CATCH_UP_POLL = Duration.ofMillis(20);

  private final SimulatedDatabase database;
  private final Environment environment;
  private final VirtualTime time;
  private final boolean gatesAsk;
  private final Confirmations confirmations;
  private @Nullable Gate gate;

  /** Told of every commit that this process confirmed. */
  interface Confirmations {
    void confirmed(Commit commit);
  }

  private static final class Gate {
    private final BooleanSupplier mayConfirm;

    private Gate(BooleanSupplier mayConfirm) {
      this.mayConfirm = mayConfirm;
    }
  }

  GuardedSimulation(
      SimulatedDatabase database,
      Environment environment,
      VirtualTime time,
      boolean gatesAsk,
      Confirmations confirmations) {
    this.database = database;
    this.environment = environment;
    this.time = time;
    this.gatesAsk = gatesAsk;
    this.confirmations = confirmations;
  }

  @Override
  public CompletionStage<DatabaseReading> read() {
    return act(ANSWER_MILLIS_MAX, database::reading);
  }

  @Override
  public CompletionStage<Promoted> promote(@Nullable Lsn minimum) {
    CompletableFuture<Promoted> answer = new CompletableFuture<>();
    awaitReceived(minimum, time.nanos() + CATCH_UP_PATIENCE.toNanos(), answer);
    return answer;
  }

  private void awaitReceived(
      @Nullable Lsn minimum, long deadline, CompletableFuture<Promoted> answer) {
    if (minimum == null || !minimum.isAfter(database.position().lsn())) {
      act(PROMOTION_MILLIS_MAX, () -> new Promoted(database.promote(), database.position()))
          .whenComplete(
              (promoted, failure) -> {
                if (failure == null) {
                  answer.complete(promoted);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
    } else if (time.nanos() > deadline) {
      answer.completeExceptionally(new IllegalStateException("not received in time"));
    } else {
      environment
          .scheduler()
          .schedule(CATCH_UP_POLL, () -> awaitReceived(minimum, deadline, answer));
    }
  }

  @Override
  public CompletionStage<Integer> fence() {
    return act(
        ANSWER_MILLIS_MAX,
        () -> {
          database.fence();
          return 0;
        });
  }

  @Override
  public CompletionStage<Void> unfence() {
    return act(
        ANSWER_MILLIS_MAX,
        () -> {
          database.unfence();
          return null;
        });
  }

  @Override
  public CompletionStage<Void> proveCommit() {
    // The clients' own commits are what the ledger checks; here it is enough that one could be.
    return act(
        ANSWER_MILLIS_MAX,
        () -> {
          Gate open = gate;
          if (!database.takesWrites() || open == null || !open.mayConfirm.getAsBoolean()) {
            throw new IllegalStateException("no commit is acknowledged here");
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<Divergence>> divergence(List<Fork> forks) {
    return act(
        ANSWER_MILLIS_MAX,
        () ->
            forks.stream()
                .filter(fork -> fork.from().equals(database.position().timeline()))
                .findFirst()
                .map(
                    fork ->
                        new Divergence(
                            fork.at().toString(),
                            database.position().lsn().toString(),
                            Math.max(0, database.position().lsn().bytesSince(fork.at())),
                            null)));
  }

  @Override
  public void openGate(BooleanSupplier mayConfirm) {
    if (gate == null) {
      Gate opened = new Gate(mayConfirm);
      gate = opened;
      database.attach(opened);
      confirm(opened);
    }
  }

  private void confirm(Gate open) {
    if (gate != open) {
      return;
    }
    if (!gatesAsk || open.mayConfirm.getAsBoolean()) {
      database.attach(open); // the server may have restarted meanwhile
      database.confirm(open).forEach(confirmations::confirmed);
    }
    environment.scheduler().schedule(CONFIRM_INTERVAL, () -> confirm(open));
  }

  @Override
  public void closeGate() {
    Gate open = gate;
    gate = null;
    if (open != null) {
      database.detach(open);
    }
  }

  private <T extends @Nullable Object> CompletionStage<T> act(int millisMax, Supplier<T> what) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Duration delay = Duration.ofMillis(1 + environment.random().nextInt(millisMax));
    time.after(
        delay,
        () -> {
          if (!database.up()) {
            environment
                .scheduler()
                .schedule(
                    Duration.ZERO,
                    () -> answer.completeExceptionally(new IllegalStateException("refused")));
            return;
          }
          try {
            T value = what.get();
            environment.scheduler().schedule(Duration.ZERO, () -> answer.complete(value));
          } catch (IllegalStateException refused) {
            environment
                .scheduler()
                .schedule(Duration.ZERO, () -> answer.completeExceptionally(refused));
          }
        });
    return answer;
  }
}
