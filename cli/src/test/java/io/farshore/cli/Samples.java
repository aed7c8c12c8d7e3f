package io.farshore.cli;

import io.farshore.contracts.Metadata;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationStatus;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.LeaseView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** What services of the sample application answer. */
@NullUnmarked
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private Samples() {}

  static Application application(String holder, Duration recoveryTimeObjective) {
    return new Application(
        new Metadata("ledger", Map.of(), 1),
        new ApplicationSpec(
            "payments",
            "critical",
            Duration.ofMinutes(1),
            recoveryTimeObjective,
            List.of(new ApplicationSpec.RegionSpec("us-east", "primary")),
            List.of(new ApplicationSpec.ComponentSpec("ledger-database", "postgresql", Map.of())),
            new ApplicationSpec.FailoverSpec(
                "automatic", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, true)),
        new ApplicationStatus(
            1,
            new LeaseView("ledger", holder, 3, Duration.ofSeconds(5), NOW, false),
            null,
            List.of()));
  }

  static Execution execution(String state, List<Execution.Step> steps) {
    boolean over = state.equals("completed") || state.equals("failed");
    return new Execution(
        "0190-1",
        "ledger",
        "failover",
        false,
        "us-east",
        "eu-west",
        4,
        state,
        null,
        "automatic",
        "region lost",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        NOW,
        over ? NOW.plusSeconds(6) : null,
        steps,
        over
            ? new Execution.Measured(
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(6),
                Duration.ofMillis(300),
                4096L,
                false)
            : null);
  }

  static Execution.Step step(String name, String state) {
    return new Execution.Step(
        name,
        state,
        1,
        "eu-west",
        NOW,
        state.equals("completed") ? NOW.plusSeconds(1) : null,
        Map.of());
  }

  static BackupRun backup(String state, String point) {
    return new BackupRun(
        "run-1",
        "ledger",
        "ledger-database",
        state,
        point,
        1 << 20,
        NOW,
        null,
        Duration.ofSeconds(2),
        null);
  }

  static Restore restore(String state) {
    return new Restore(
        "restore-1",
        "p-1",
        null,
        "/restored",
        state,
        1 << 20,
        NOW,
        null,
        Duration.ofSeconds(2),
        null);
  }

  static RecoveryPoint point(String id) {
    return point(id, NOW);
  }

  static RecoveryPoint point(String id, Instant takenAt) {
    return new RecoveryPoint(
        id,
        "ledger",
        "ledger-database",
        1,
        "0/2000000",
        "0/3000000",
        null,
        takenAt,
        3L << 20,
        1L << 20,
        "00",
        Map.of(),
        List.of(new RecoveryPoint.Copy("local", "eu-west", "disk", "present")));
  }
}
