package io.farshore.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.audit.AuditEntryView;
import io.farshore.contracts.event.EventTypes;
import io.farshore.testbed.Site;
import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.Wait;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One world in which no region is lost: wrong requests, and parts that fail without a failover. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EverydaySystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String HOME = "us-east";
  private static World world;
  private static Calls calls;

  @BeforeAll
  static void start() {
    world = Testbed.regions(HOME, "eu-west").named("everyday").start();
    calls = new Calls(world);
  }

  @AfterAll
  static void end() {
    calls.close();
    world.close();
    String directory = world.directory().toString();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(
                    process -> process.info().commandLine().orElse("").contains(directory + "/"))
                .map(process -> process.info().commandLine().orElse("")))
        .as("nothing is left behind")
        .isEmpty();
  }

  static Stream<Arguments> protectedReads() {
    return Stream.of(
        Arguments.of("failover-service", "/v1/applications"),
        Arguments.of("failover-service", "/v1/leases"),
        Arguments.of("failover-service", "/v1/evidence"),
        Arguments.of("failover-service", "/v1/executions"),
        Arguments.of("failover-service", "/v1/routing-table"),
        Arguments.of("failover-service", "/v1/region-status"),
        Arguments.of("gateway-api", "/v1/routes"),
        Arguments.of("gateway-api", "/v1/routes:explain?method=GET&path=/accounts/1"),
        Arguments.of("backup-service", "/v1/backup-runs"),
        Arguments.of("backup-service", "/v1/recovery-points"),
        Arguments.of("replication-service", "/v1/links"),
        Arguments.of("replication-service", "/v1/exposures"),
        Arguments.of("audit-service", "/v1/log/checkpoint"));
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("protectedReads")
  void nothingIsToldWithoutAToken(String service, String path) throws Exception {
    URI uri = URI.create(world.uri(HOME, service) + path);

    assertThat(calls.send(null, "GET", uri, null).statusCode()).isEqualTo(401);
    assertThat(calls.send("viewer", "GET", uri, null).statusCode()).isEqualTo(200);
  }

  static Stream<Arguments> garbage() {
    String deep = "[".repeat(5_000);
    String failover = "/v1/applications/ledger:failover";
    return Stream.of(
        Arguments.of("failover-service", "POST", failover, "{"),
        Arguments.of("failover-service", "POST", failover, "[]"),
        Arguments.of("failover-service", "POST", failover, "null"),
        Arguments.of("failover-service", "POST", failover, deep),
        Arguments.of(
            "failover-service", "POST", failover, "{\"reason\":5,\"holdBefore\":\"fence\"}"),
        Arguments.of(
            "failover-service",
            "POST",
            failover,
            "{\"target\":\"../etc\",\"reason\":\"x\",\"acceptLoss\":false,\"holdBefore\":[]}"),
        Arguments.of(
            "failover-service",
            "POST",
            failover,
            "{\"target\":\"eu-west\",\"reason\":\"x\",\"acceptLoss\":false,\"holdBefore\":[\"lunch\"]}"),
        Arguments.of("failover-service", "POST", "/v1/applications/NOPE:failover", "{}"),
        Arguments.of("failover-service", "POST", "/v1/executions/not-a-uuid:acknowledge", "{}"),
        Arguments.of("failover-service", "PUT", "/v1/applications/ledger", "{\"tier\":\"gold\"}"),
        Arguments.of("failover-service", "PUT", "/v1/applications/-x-", "{}"),
        Arguments.of("failover-service", "GET", "/v1/routing-table?after=x&wait=y", ""),
        Arguments.of("failover-service", "GET", "/v1/executions/%00", ""),
        Arguments.of("failover-service", "DELETE", "/v1/applications/ledger", ""),
        Arguments.of("gateway-api", "GET", "/v1/routes:explain?method=%0a&path=nowhere", ""),
        Arguments.of("backup-service", "POST", "/v1/backup-runs", "{\"application\":7}"),
        Arguments.of(
            "backup-service",
            "POST",
            "/v1/backup-runs",
            "{\"application\":\"no-such\",\"component\":\"no-such\"}"),
        Arguments.of("backup-service", "POST", "/v1/restores", "{\"recoveryPoint\":\"../..\"}"),
        Arguments.of(
            "backup-service",
            "POST",
            "/v1/restores",
            "{\"recoveryPoint\":\"x\",\"directory\":\"/etc\"}"),
        Arguments.of("backup-service", "GET", "/v1/recovery-points/..%2f..%2fetc", ""),
        Arguments.of("backup-service", "GET", "/v1/backup-runs?limit=-1", ""),
        Arguments.of("replication-service", "GET", "/v1/nothing-here", ""));
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("garbage")
  void garbageIsAnsweredWithAProblemThatSaysWhatWasWrong(
      String service, String method, String path, String body) throws Exception {
    URI uri = URI.create(world.uri(HOME, service) + path);

    HttpResponse<String> answer =
        calls.send(
            "operator",
            method,
            uri,
            body.isEmpty() ? null : body,
            "Idempotency-Key",
            java.util.UUID.randomUUID().toString());

    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"code\"").doesNotContain("Exception", "\tat ");
  }

  @Order(3)
  @Test
  void aViewerMayNotCommand() throws Exception {
    URI uri = URI.create(world.uri(HOME, "backup-service") + "/v1/backup-runs");
    HttpResponse<String> answer =
        calls.send(
            "viewer",
            "POST",
            uri,
            "{\"application\":\"ledger\",\"component\":\"ledger-database\"}",
            "Idempotency-Key",
            "viewer-1");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Order(4)
  @Test
  void aCommandSentTwiceIsDoneOnce() throws Exception {
    URI uri = URI.create(world.uri(HOME, "backup-service") + "/v1/backup-runs");
    String body = "{\"application\":\"ledger\",\"component\":\"ledger-database\"}";
    HttpResponse<String> first =
        calls.send("operator", "POST", uri, body, "Idempotency-Key", "twice-1");
    HttpResponse<String> second =
        calls.send("operator", "POST", uri, body, "Idempotency-Key", "twice-1");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"))
        .isPresent();
  }

  @Order(5)
  @Test
  void withTheWitnessDownTheApplicationStaysWritable() {
    world.witness().kill();
    try {
      FarshoreClient viewer = world.client("viewer");
      Wait.until("the lease is renewed on", PATIENCE, new Renewals(viewer, HOME, 8));
      assertThat(viewer.leases(HOME).getFirst().holder()).isEqualTo(HOME);
      assertThat(viewer.leases(HOME).getFirst().epoch()).isEqualTo(1);
    } finally {
      world.witness().start();
    }
  }

  @Order(6)
  @Test
  void withTheBrokerDownNothingIsLostAndNothingStops() throws Exception {
    FarshoreClient operator = world.client("operator");
    FarshoreClient auditor = world.client("auditor");
    world.region(HOME).process("broker").kill();
    HttpResponse<String> denied =
        calls.send(
            "viewer",
            "POST",
            URI.create(world.uri(HOME, "backup-service") + "/v1/restores"),
            "{}",
            "Idempotency-Key",
            "while-the-broker-is-down");
    assertThat(denied.statusCode()).isEqualTo(403);
    var run = operator.startBackup(HOME);
    Wait.until(
        "the backup has ended",
        PATIENCE,
        () -> !operator.backupRun(HOME, run.id()).state().equals("running"));
    assertThat(operator.backupRun(HOME, run.id()).state()).isEqualTo("completed");
    String point = operator.backupRun(HOME, run.id()).recoveryPoint();

    world.region(HOME).process("broker").start();

    Wait.until(
        "the log has what happened meanwhile",
        PATIENCE,
        () ->
            entries(auditor).stream()
                    .anyMatch(
                        entry ->
                            entry.eventType().equals(EventTypes.RECOVERY_POINT_CREATED)
                                && entry.subject().contains(String.valueOf(point)))
                && entries(auditor).stream()
                    .anyMatch(entry -> entry.eventType().equals(EventTypes.ACCESS_DENIED)));
    assertThat(entries(auditor).stream().map(AuditEntryView::eventId)).doesNotHaveDuplicates();
  }

  @Order(7)
  @Test
  void withItsOwnDatabaseDownTheRegionStillKnowsItsRecoveryPointsAndItsLag() {
    FarshoreClient viewer = world.client("viewer");
    world.region(HOME).process("farshore-database").kill();
    try {
      assertThat(viewer.recoveryPoints(HOME)).isNotEmpty();
      assertThat(viewer.links("eu-west")).isNotEmpty();
      Wait.until("the lease is renewed on", PATIENCE, new Renewals(viewer, HOME, 3));
    } finally {
      world.region(HOME).process("farshore-database").start();
    }
  }

  @Order(8)
  @Test
  void aGatewayAloneKeepsReadingOnItsLastGoodTable() throws Exception {
    for (Site site : world.sites()) {
      site.processes().stream()
          .filter(process -> process.name().endsWith("-service"))
          .forEach(io.farshore.testbed.process.WorldProcess::kill);
    }
    var gateway = world.region(HOME).process("gateway");
    gateway.kill();
    gateway.start();
    gateway.awaitReady(PATIENCE);

    HttpResponse<String> answer =
        calls.send(null, "GET", URI.create(world.uri(HOME, "gateway") + "/invariant"), null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    // Both regions are equally near in this world.
    assertThat(answer.headers().firstValue("Farshore-Region").orElse("none")).isIn(world.regions());
  }

  private static List<AuditEntryView> entries(FarshoreClient auditor) {
    return auditor.page(
        auditor.at(HOME, "audit-service", "/v1/entries?limit=500"), AuditEntryView.class);
  }
}
