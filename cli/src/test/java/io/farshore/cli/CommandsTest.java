package io.farshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.Metadata;
import io.farshore.contracts.Page;
import io.farshore.contracts.Problem;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationStatus;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.gateway.RouteExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class CommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir Path directory;
  private FakeRegion us;
  private FakeRegion eu;
  private Path context;

  @BeforeEach
  void start() throws IOException {
    us = new FakeRegion();
    eu = new FakeRegion();
    for (String role : List.of("viewer", "operator", "auditor")) {
      Files.writeString(directory.resolve(role), role + "-token\n");
    }
    context = directory.resolve("context.json");
    Files.writeString(
        context,
        FarshoreJson.write(
            FarshoreJson.lenient(),
            Map.of(
                "application",
                "ledger",
                "writtenBySomeoneElse",
                1,
                "tokenFiles",
                Map.of(
                    "viewer", directory.resolve("viewer").toString(),
                    "operator", directory.resolve("operator").toString(),
                    "auditor", directory.resolve("auditor").toString()),
                "sites",
                new java.util.TreeMap<>(
                    Map.of(
                        "us-east",
                        site(us),
                        "witness",
                        Map.of("endpoints", Map.of()),
                        "eu-west",
                        site(eu))))));
  }

  private static Map<String, Object> site(FakeRegion region) {
    return Map.of(
        "endpoints",
        Map.of(
            "failover-service", region.url(),
            "backup-service", region.url(),
            "replication-service", region.url(),
            "audit-service", region.url(),
            "gateway-api", region.url()));
  }

  @AfterEach
  void stop() {
    us.close();
    eu.close();
  }

  private Run run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--context";
    all[arguments.length + 1] = context.toString();
    return Run.of(all);
  }

  private static Application application(String holder, Duration recoveryTimeObjective) {
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

  private static Execution execution(String state, List<Execution.Step> steps) {
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

  private static Execution.Step step(String name, String state) {
    return new Execution.Step(
        name,
        state,
        1,
        "eu-west",
        NOW,
        state.equals("completed") ? NOW.plusSeconds(1) : null,
        Map.of());
  }

  @Test
  void statusShowsWhoMayWriteAndWhatDoesNotAnswer() {
    eu.answer("GET /v1/applications", () -> new Page<>(List.of(application("eu-west", null)), null))
        .answer("GET /v1/executions?limit=10", () -> new Page<>(List.of(), null))
        .answer("GET /v1/links", () -> new Page<>(List.of(), null))
        .answer("GET /v1/exposures", () -> new Page<>(List.of(), null))
        .answer("GET /v1/recovery-points?limit=20", () -> new Page<>(List.of(point("p-1")), null))
        .answer(
            "GET /v1/region-status",
            () ->
                List.of(
                    new RegionStatus(
                        "eu-west",
                        "ledger",
                        "primary",
                        2L,
                        "0/5000000",
                        null,
                        null,
                        NOW,
                        Map.of())));
    us.close();

    Run run = run("status");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .contains("eu-west    3      valid")
        .contains("primary   2         0/5000000")
        .contains("p-1")
        .containsPattern("us-east +backup-service +service-unreachable");
    assertThat(run("status", "-o", "json").out())
        .startsWith("{")
        .contains("\"holder\" : \"eu-west\"");
  }

  @Test
  void statusIsNotReadyWhileNobodyMayWrite() {
    us.close();
    eu.close();

    Run run = run("status");

    assertThat(run.exit()).isEqualTo(ExitCodes.NOT_READY);
    assertThat(run.out()).contains("no quorum member answers");
  }

  @Test
  void aFailoverIsStartedWithTheOperatorsTokenByWhoeverAnswers() {
    eu.close();
    us.answer(
        "POST /v1/applications/ledger:failover",
        () -> execution("running", List.of(step("detect", "completed"))));

    Run run =
        run(
            "failover",
            "start",
            "--to",
            "eu-west",
            "--reason",
            "drill",
            "--hold-before",
            "promote,shift");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("0190-1");
    assertThat(us.requests())
        .containsExactly("POST /v1/applications/ledger:failover Bearer operator-token");
    assertThat(us.bodies().getFirst())
        .contains("\"target\":\"eu-west\"")
        .contains("\"holdBefore\":[\"promote\",\"shift\"]");
  }

  @Test
  void aRefusalIsOneLineWithItsCode() {
    eu.answer(
        "POST /v1/applications/ledger:failover",
        () ->
            new Problem(
                "urn:farshore:problem:loss-beyond-objective",
                "Refused",
                422,
                "The candidate is further behind than the objective allows",
                null,
                "loss-beyond-objective",
                false,
                Map.of("lag", "PT90S"),
                List.of(),
                "abc"));

    Run run = run("failover", "start");

    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("farshorectl: loss-beyond-objective: The candidate is further behind")
        .contains("lag=PT90S");
    assertThat(us.requests()).isEmpty();
  }

  @Test
  void watchingShowsEachStepOnceAndWhatItCost() {
    Iterator<Execution> states =
        List.of(
                execution(
                    "running", List.of(step("detect", "completed"), step("fence", "running"))),
                execution(
                    "running", List.of(step("detect", "completed"), step("fence", "completed"))),
                execution(
                    "completed", List.of(step("detect", "completed"), step("fence", "completed"))))
            .iterator();
    eu.answer("GET /v1/executions/0190-1", states::next);
    eu.answer("GET /v1/applications/ledger", () -> application("eu-west", Duration.ofMinutes(5)));

    Run run = run("failover", "watch", "0190-1");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .containsOnlyOnce("detect   completed")
        .containsOnlyOnce("fence    completed");
    assertThat(run.out()).contains("recovery time 6.0 s").contains("loss at most 0.3 s, 4.0 KiB");
  }

  @Test
  void aMissedObjectiveHasItsOwnExitCode() {
    eu.answer("GET /v1/executions/0190-1", () -> execution("completed", List.of()));
    eu.answer("GET /v1/applications/ledger", () -> application("eu-west", Duration.ofSeconds(5)));

    Run run = run("failover", "watch", "0190-1");

    assertThat(run.exit()).isEqualTo(ExitCodes.OBJECTIVE_MISSED);
    assertThat(run.err()).contains("the recovery time objective was 5.0 s");
  }

  @Test
  void aFailedExecutionIsAnError() {
    eu.answer("GET /v1/executions/0190-1", () -> execution("failed", List.of()));
    assertThat(run("failover", "watch", "0190-1").exit()).isEqualTo(ExitCodes.ERROR);
  }

  @Test
  void nothingToWatchIsNotReady() {
    eu.answer("GET /v1/executions?limit=1", () -> new Page<>(List.of(), null));
    assertThat(run("failover", "watch").exit()).isEqualTo(ExitCodes.NOT_READY);
  }

  @Test
  void aBackupRunsWhereThePrimaryIsAndIsWaitedFor() {
    us.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    eu.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    us.answer("POST /v1/backup-runs", () -> backup("running", null));
    us.answer("GET /v1/backup-runs/run-1", () -> backup("completed", "p-9"));

    Run run = run("backup", "run", "--wait");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("in us-east: completed").contains("recovery point p-9");
    assertThat(us.bodies())
        .contains("{\"application\":\"ledger\",\"component\":\"ledger-database\"}");
  }

  private static BackupRun backup(String state, String point) {
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

  private static RecoveryPoint point(String id) {
    return new RecoveryPoint(
        id,
        "ledger",
        "ledger-database",
        1,
        "0/2000000",
        "0/3000000",
        null,
        NOW,
        3L << 20,
        1L << 20,
        "00",
        Map.of(),
        List.of(new RecoveryPoint.Copy("local", "eu-west", "disk", "present")));
  }

  @Test
  void recoveryPointsOfAllRegionsAreListedOnce() {
    eu.answer("GET /v1/recovery-points?limit=20", () -> new Page<>(List.of(point("p-1")), null));
    us.answer(
        "GET /v1/recovery-points?limit=20",
        () -> new Page<>(List.of(point("p-1"), point("p-2")), null));

    Run run = run("backup", "list");

    assertThat(run.exit()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).containsOnlyOnce("p-1").contains("p-2").contains("3.0 MiB");
  }

  @Test
  void aRouteIsExplained() {
    eu.answer(
        "GET /v1/routes:explain?method=POST&path=%2Ftransfers",
        () ->
            new RouteExplanation(
                "ledger",
                "POST",
                "/transfers",
                true,
                7,
                3,
                "routed",
                "us-east",
                "lease-holder",
                "writes go to the lease holder",
                List.of(
                    new RouteExplanation.Candidate(
                        "us-east", "healthy", 81.25, true, "holds the lease"))));

    Run run = run("routes", "explain", "post", "/transfers", "--region", "eu-west");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("routed to us-east").contains("81.3 ms");
  }

  @Test
  void aRegionNobodyKnowsIsNamed() {
    Run run = run("status", "--region", "mars");
    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err()).contains("region=mars").contains("eu-west");
  }

  @Test
  void aServerCanBeNamedWithoutAContext() throws IOException {
    eu.answer("GET /v1/evidence", List::of);
    Run run =
        Run.of(
            "evidence",
            "--server",
            "failover-service=" + eu.url(),
            "--token-file",
            directory.resolve("viewer").toString(),
            "--output",
            "json");
    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(new ObjectMapper().readTree(run.out()).isArray()).isTrue();
  }

  @Test
  void aDamagedContextIsNamed() throws IOException {
    Files.writeString(context, "{");
    Run run = run("status");
    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err().lines()).singleElement().asString().contains("context-unreadable");
  }
}
