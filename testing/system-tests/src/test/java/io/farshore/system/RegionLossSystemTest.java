package io.farshore.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.audit.AuditEntryView;
import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.RegionStatus;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A whole region is lost while the surviving region's broker and own database are down too; later
 * the lost region comes back.
 */
class RegionLossSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String HOME = "us-east";
  private static final String REFUGE = "eu-west";

  @Test
  void theApplicationLivesOnAndTheOldRegionStaysFencedWhenItReturns() throws Exception {
    try (World world =
        Testbed.regions(HOME, REFUGE).rtt(Duration.ofMillis(80)).named("region-loss").start()) {
      FarshoreClient operator = world.client("operator");
      Ledgers.createNotes(world);
      long killedAt;
      Settlement settlement;
      Instant lostAt;
      Exposure exposure;
      try (TransferLoad load = TransferLoad.start(world, 60);
          Ledgers.StubbornSession session = new Ledgers.StubbornSession(world, HOME)) {
        awaitAcknowledged(load, 200);
        world.region(REFUGE).process("broker").kill();
        world.region(REFUGE).process("farshore-database").kill();
        awaitAcknowledged(load, load.count(Outcome.ACKNOWLEDGED) + 60);

        exposure = exposure(operator);
        lostAt = Instant.now();
        killedAt = System.nanoTime();
        world.region(HOME).kill();

        Wait.until("a write is booked in " + REFUGE, PATIENCE, () -> booked(load));
        awaitAcknowledged(load, load.count(Outcome.ACKNOWLEDGED) + 100);
        load.stop();
        assertThat(session.acknowledgedAt()).isNotEmpty();
        try (LedgerClient ledger = new LedgerClient(world.uri(REFUGE, "ledger"))) {
          settlement = Settlement.of(load.attempts(), ledger, 0, killedAt);
        }
      }
      Execution execution = operator.awaitCompletedExecution(REFUGE, PATIENCE);

      assertThat(settlement.violations()).isEmpty();
      assertThat(execution.steps()).allMatch(step -> step.state().equals("completed"));
      assertThat(new ReportedLoss(exposure, lostAt, execution).understatements(settlement))
          .isEmpty();

      theLogTellsTheStoryOnceTheBrokerIsBack(world, execution);
      theOldRegionReturnsAndStaysFenced(world, operator);
    }
  }

  private static void theLogTellsTheStoryOnceTheBrokerIsBack(World world, Execution execution) {
    world.region(REFUGE).process("broker").start();
    world.region(REFUGE).process("farshore-database").start();
    FarshoreClient auditor = world.client("auditor");
    Wait.until(
        "the audit log has the whole execution",
        PATIENCE,
        () ->
            eventTypes(auditor)
                .containsAll(
                    List.of(
                        EventTypes.EXECUTION_STARTED,
                        EventTypes.LEASE_GRANTED,
                        EventTypes.STEP_COMPLETED,
                        EventTypes.EXECUTION_COMPLETED)));
    assertThat(
            entries(auditor).stream()
                .filter(entry -> belongsTo(execution, entry))
                .map(RegionLossSystemTest::traceOf))
        .as("one trace through the whole failover")
        .hasSizeGreaterThan(execution.steps().size())
        .containsOnly(execution.traceId());
  }

  private static boolean belongsTo(Execution execution, AuditEntryView entry) {
    return entry.record().get("unmapped") instanceof Map<?, ?> unmapped
        && unmapped.get("data") instanceof Map<?, ?> data
        && execution.id().equals(data.get("executionId"));
  }

  private static String traceOf(AuditEntryView entry) {
    return entry.record().get("metadata") instanceof Map<?, ?> metadata
        ? String.valueOf(metadata.get("correlation_uid"))
        : "none";
  }

  private static List<String> eventTypes(FarshoreClient auditor) {
    return entries(auditor).stream().map(AuditEntryView::eventType).toList();
  }

  private static List<AuditEntryView> entries(FarshoreClient auditor) {
    return auditor.page(
        auditor.at(REFUGE, "audit-service", "/v1/entries?limit=500"), AuditEntryView.class);
  }

  private static void theOldRegionReturnsAndStaysFenced(World world, FarshoreClient operator)
      throws Exception {
    long before = Ledgers.countNotes(world, REFUGE);
    world.region(HOME).start();
    world.region(HOME).process("failover-service").awaitReady(PATIENCE);
    Wait.until(
        "the old region says that it is fenced and what it has that the new primary has not",
        PATIENCE,
        () ->
            status(operator)
                .anyMatch(status -> status.role().equals("fenced") && status.divergence() != null));
    RegionStatus fenced =
        status(operator).filter(status -> status.role().equals("fenced")).findFirst().orElseThrow();

    assertThat(fenced.fencedSince()).isNotNull();
    assertThat(operator.leases(REFUGE).getFirst().holder()).isEqualTo(REFUGE);
    try (Ledgers.StubbornSession session = new Ledgers.StubbornSession(world, HOME)) {
      // A whole lease more in which it would have been acknowledged, if it could be.
      long epoch = operator.leases(REFUGE).getFirst().epoch();
      Wait.until(
          "the new holder has renewed its lease five times",
          PATIENCE,
          new Renewals(operator, REFUGE, 5));
      assertThat(session.acknowledgedAt()).isEmpty();
      assertThat(operator.leases(REFUGE).getFirst().epoch()).isEqualTo(epoch);
    }
    assertThat(Ledgers.countNotes(world, REFUGE)).isEqualTo(before);
  }

  private static Stream<RegionStatus> status(FarshoreClient operator) {
    try {
      return operator.regionStatus(HOME).stream();
    } catch (RuntimeException notYet) {
      return Stream.empty();
    }
  }

  private static Exposure exposure(FarshoreClient operator) {
    return operator.exposures(REFUGE).stream()
        .filter(exposure -> exposure.region().equals(HOME))
        .findFirst()
        .orElseThrow();
  }

  private static boolean booked(TransferLoad load) {
    return load.firstBookedBy(REFUGE).isPresent();
  }

  private static void awaitAcknowledged(TransferLoad load, long transfers) {
    Wait.until(
        transfers + " transfers are acknowledged",
        PATIENCE,
        () -> load.count(Outcome.ACKNOWLEDGED) >= transfers);
  }
}
