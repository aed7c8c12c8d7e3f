package io.farshore.failover.lease;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.control.Fork;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An application's database in this region, as its guard needs it. Nothing here waits for long: a
 * stage that takes longer than the implementation's named time-outs fails. Every method can be
 * repeated. Stages may complete on any thread.
 */
public interface GuardedDatabase {
  /** What it is and how far. Fails if it does not answer. */
  CompletionStage<DatabaseReading> read();

  /**
   * Makes the replica a primary and waits until it takes writes.
   *
   * @param minimum first wait until the replica has received the log up to here
   */
  CompletionStage<Promoted> promote(@Nullable Lsn minimum);

  /**
   * Makes it refuse writes and ends the sessions it has.
   *
   * @return how many sessions were ended
   */
  CompletionStage<Integer> fence();

  /** Takes the fence away. */
  CompletionStage<Void> unfence();

  /** Makes a commit and waits until it is acknowledged, through the commit gate if there is one. */
  CompletionStage<Void> proveCommit();

  /**
   * What this old primary wrote that the new primary's history does not hold.
   *
   * @param forks promotions, oldest first
   * @return empty if nothing can be said
   */
  CompletionStage<Optional<Divergence>> divergence(List<Fork> forks);

  /**
   * Begins to confirm commits, while and only while {@code mayConfirm} says so. It is asked before
   * every confirmation, by another thread. Without effect while the gate is open.
   */
  void openGate(BooleanSupplier mayConfirm);

  /** Confirms nothing from now on. */
  void closeGate();

  /**
   * A promotion's result.
   *
   * @param fork where the old history was left
   * @param position where the new primary is
   */
  record Promoted(Fork fork, ReplicationPosition position) {}
}
