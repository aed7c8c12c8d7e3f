package io.farshore.testbed.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.replication.Exposure;
import io.farshore.kernel.FarshoreException;
import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.LedgerClient;
import io.farshore.testbed.client.Wait;
import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.load.Attempt;
import io.farshore.testbed.load.Attempt.Outcome;
import io.farshore.testbed.load.ReportedLoss;
import io.farshore.testbed.load.Settlement;
import io.farshore.testbed.load.TransferLoad;
import io.farshore.tlog.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A region is lost and the application lives: told with real processes, in three minutes. */
public final class Demo {
  private static final int OK = 0;
  private static final int BROKEN = 1;
  private static final String HOME = "us-east";
  private static final String REFUGE = "eu-west";
  private static final Duration ROUND_TRIP = Duration.ofMillis(80);
  private static final int WARM_UP_TRANSFERS = 1_000;
  private static final int AFTERWARDS_TRANSFERS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Narrator narrator;
  private final World world;
  private final FarshoreClient operator;
  private final Path evidence;

  private Demo(Narrator narrator, World world, Path evidence) {
    this.narrator = narrator;
    this.world = world;
    this.evidence = evidence;
    this.operator = world.client("operator");
  }

  /** Tells the story; answers the exit status. */
  public static int run(List<String> options) {
    Narrator narrator = Narrator.ofTerminal();
    narrator.chapter("Two regions, 80 ms apart, and a witness");
    try (World world =
        Testbed.regions(HOME, REFUGE).rtt(ROUND_TRIP).named("demo").start(narrator::tell)) {
      Path evidence = evidenceDirectory();
      DemoReport report = new Demo(narrator, world, evidence).tell();
      return report.violations().isEmpty() ? OK : BROKEN;
    } catch (IOException | SQLException e) {
      narrator.bad("the story could not be told: " + e);
      return BROKEN;
    } catch (FarshoreException e) {
      narrator.bad("the story broke off: " + e.describe());
      return BROKEN;
    } catch (RuntimeException e) {
      narrator.bad("the story broke off: " + e.getMessage());
      return BROKEN;
    }
  }

  private static Path evidenceDirectory() throws IOException {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    return Files.createDirectories(
        Installation.find().workDirectory().resolve("evidence").resolve(time));
  }

  private DemoReport tell() throws IOException, SQLException {
    int processes = world.sites().stream().mapToInt(site -> site.processes().size()).sum();
    narrator.good(processes + " processes run; the ledger is protected, " + HOME + " may write");
    try (TransferLoad load = TransferLoad.start(world, TransferLoad.TRANSFERS_PER_SECOND);
        LedgerClient ledger = new LedgerClient(world.uri(REFUGE, "ledger"))) {
      narrator.chapter("Clients on both sides move money: 170 transfers a second, 5 KB each");
      awaitAcknowledged(load, WARM_UP_TRANSFERS);
      narrator.good(load.count(Outcome.ACKNOWLEDGED) + " transfers acknowledged");

      RecoveryPoint point = backUp();
      Optional<Exposure> before = exposure();
      Instant lostAt = Instant.now();
      long killedAt = loseRegion();
      Attempt firstWrite = awaitFirstWrite(load, killedAt);
      Execution execution = awaitDeclared();
      awaitAcknowledged(load, load.count(Outcome.ACKNOWLEDGED) + AFTERWARDS_TRANSFERS);
      load.stop();

      narrator.chapter("Every transfer is held against the books");
      Settlement settlement = Settlement.of(load.attempts(), ledger, 0, killedAt);
      tellSettlement(settlement);
      RestoreCheck restore = restore(point);
      VerificationReport audit = verifyAudit();
      DemoReport report =
          DemoReport.of(
              new ReportedLoss(before.orElse(null), lostAt, execution),
              Duration.ofNanos(firstWrite.endedAt() - killedAt),
              settlement,
              point,
              restore,
              audit);
      close(report);
      return report;
    }
  }

  private void awaitAcknowledged(TransferLoad load, long transfers) {
    Wait.until(
        transfers + " transfers are acknowledged",
        PATIENCE,
        () -> load.count(Outcome.ACKNOWLEDGED) >= transfers);
  }

  private RecoveryPoint backUp() {
    narrator.chapter("A base backup goes to two copies from one read");
    BackupRun started = operator.startBackup(HOME);
    Wait.until(
        "the backup has ended",
        PATIENCE,
        () -> !operator.backupRun(HOME, started.id()).state().equals("running"));
    BackupRun run = operator.backupRun(HOME, started.id());
    String id = run.recoveryPoint();
    if (id == null) {
      throw new IllegalStateException("the backup failed: " + run.error());
    }
    RecoveryPoint point = operator.recoveryPoint(HOME, id);
    narrator.good(
        "%.0f MB read, %.0f MB stored, %d copies: %s"
            .formatted(
                point.sourceBytes() / 1e6,
                point.storedBytes() / 1e6,
                point.copies().size(),
                point.copies().stream().map(c -> c.region() + " " + c.state()).toList()));
    return point;
  }

  private Optional<Exposure> exposure() {
    Optional<Exposure> exposure =
        operator.exposures(REFUGE).stream().filter(e -> e.region().equals(HOME)).findFirst();
    exposure.ifPresent(
        e ->
            narrator.tell(
                "if "
                    + HOME
                    + " were lost now: "
                    + Narrator.seconds(e.duration())
                    + ", "
                    + e.bytes()
                    + " bytes"));
    return exposure;
  }

  private long loseRegion() {
    narrator.chapter("kill -9 of every process in " + HOME + ", PostgreSQL included");
    long killedAt = System.nanoTime();
    world.region(HOME).kill();
    narrator.tell(world.region(HOME).processes().size() + " processes are gone");
    return killedAt;
  }

  private Attempt awaitFirstWrite(TransferLoad load, long killedAt) {
    Wait.until(
        "a write is acknowledged again", PATIENCE, () -> load.firstBookedBy(REFUGE).isPresent());
    Attempt first = load.firstBookedBy(REFUGE).orElseThrow();
    narrator.good(
        "writes flow in %s, %s after the loss"
            .formatted(REFUGE, Narrator.seconds(Duration.ofNanos(first.endedAt() - killedAt))));
    return first;
  }

  private Execution awaitDeclared() {
    Execution execution = operator.awaitCompletedExecution(REFUGE, PATIENCE);
    for (Execution.Step step : execution.steps()) {
      narrator.tell(
          "%-8s %s by %s, %s after the decision"
              .formatted(
                  step.name(),
                  step.state(),
                  step.executor(),
                  Narrator.seconds(sinceDecision(execution, step))));
    }
    return execution;
  }

  private static @Nullable Duration sinceDecision(Execution execution, Execution.Step step) {
    Instant finished = step.finishedAt();
    return finished == null ? null : Duration.between(execution.startedAt(), finished);
  }

  private void tellSettlement(Settlement settlement) {
    narrator.tell(
        "%d attempted, %d acknowledged, %d refused, %d without an answer"
            .formatted(
                settlement.attempted(),
                settlement.acknowledged(),
                settlement.refused(),
                settlement.unknown()));
    narrator.tell(
        settlement.lost()
            + " acknowledged transfers were lost with "
            + HOME
            + " (asynchronous replication)");
    if (settlement.violations().isEmpty()) {
      narrator.good("the books balance; no transfer twice, none out of nowhere, one writer");
    }
    settlement.violations().forEach(narrator::bad);
  }

  private RestoreCheck restore(RecoveryPoint point) throws SQLException {
    narrator.chapter("The backup is restored beside the living database");
    RestoreCheck check = RestoreCheck.run(world, REFUGE, point);
    if (check.matches()) {
      narrator.good(
          "row counts are those of the backup's position %s: %s"
              .formatted(point.countsLsn(), check.found()));
    } else {
      narrator.bad("expected " + check.expected() + ", found " + check.found());
    }
    return check;
  }

  private VerificationReport verifyAudit() throws IOException {
    narrator.chapter("The audit log is verified offline");
    VerificationReport report = AuditCheck.verify(world, REFUGE, evidence);
    if (report.intact()) {
      narrator.good("%d entries are what the log's key signed".formatted(report.entriesChecked()));
    } else {
      report.findings().forEach(finding -> narrator.bad(finding.toString()));
    }
    return report;
  }

  private void close(DemoReport report) throws IOException {
    Path file = evidence.resolve("report.json");
    Files.writeString(
        file,
        FarshoreJson.lenient()
            .copy()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(report));
    narrator.table(report.rows(evidence));
    report.violations().forEach(narrator::bad);
  }
}
