package io.farshore.bench.rto;

import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.replication.Exposure;
import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.LedgerClient;
import io.farshore.testbed.client.Wait;
import io.farshore.testbed.load.Attempt.Outcome;
import io.farshore.testbed.load.ReportedLoss;
import io.farshore.testbed.load.Settlement;
import io.farshore.testbed.load.TransferLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One loss of a region in a world of its own.
 *
 * @param recoveryTime from the kill to the first acknowledged write, as a client measured it
 * @param reported what Farshore said before and after
 * @param settlement the clients' records held against the books
 */
record RecoveryTimeRun(Duration recoveryTime, ReportedLoss reported, Settlement settlement) {
  private static final Duration ROUND_TRIP = Duration.ofMillis(80);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Six seconds of the usual load: caches are warm, the heartbeat has been seen. */
  private static final int WARM_UP_TRANSFERS = 1_000;

  private static final int AFTERWARDS_TRANSFERS = 500;

  static RecoveryTimeRun run() {
    try (World world =
        Testbed.regions("us-east", "eu-west").rtt(ROUND_TRIP).named("bench").start()) {
      String home = world.regions().getFirst();
      String refuge = world.regions().getLast();
      FarshoreClient viewer = world.client("viewer");
      try (TransferLoad load = TransferLoad.start(world, TransferLoad.TRANSFERS_PER_SECOND);
          LedgerClient ledger = new LedgerClient(world.uri(refuge, "ledger"))) {
        awaitAcknowledged(load, WARM_UP_TRANSFERS);
        Optional<Exposure> exposure =
            viewer.exposures(refuge).stream().filter(e -> e.region().equals(home)).findFirst();
        Instant lostAt = Instant.now();
        long killedAt = System.nanoTime();
        world.region(home).kill();
        Wait.until(
            "a write is acknowledged again",
            PATIENCE,
            () -> load.firstBookedBy(refuge).isPresent());
        long recovered = load.firstBookedBy(refuge).orElseThrow().endedAt();
        awaitAcknowledged(load, load.count(Outcome.ACKNOWLEDGED) + AFTERWARDS_TRANSFERS);
        Execution execution = viewer.awaitCompletedExecution(refuge, PATIENCE);
        load.stop();
        return new RecoveryTimeRun(
            Duration.ofNanos(recovered - killedAt),
            new ReportedLoss(exposure.orElse(null), lostAt, execution),
            Settlement.of(load.attempts(), ledger, 0, killedAt));
      }
    }
  }

  private static void awaitAcknowledged(TransferLoad load, long transfers) {
    Wait.until(
        transfers + " transfers are acknowledged",
        PATIENCE,
        () -> load.count(Outcome.ACKNOWLEDGED) >= transfers);
  }
}
