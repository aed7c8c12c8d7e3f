package io.farshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.contracts.Page;
import io.farshore.contracts.audit.AuditEntryView;
import io.farshore.contracts.gateway.RouteExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class CommandsTest {
  @TempDir Path directory;
  private TwoRegions regions;
  private FakeRegion eu;

  @BeforeEach
  void start() throws IOException {
    regions = new TwoRegions(directory);
    eu = regions.eu();
  }

  @AfterEach
  void stop() {
    regions.close();
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

    Run run = regions.run("routes", "explain", "post", "/transfers", "--region", "eu-west");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("routed to us-east").contains("81.3 ms");
  }

  @Test
  void anAuditEntrySaysWhoDidWhat() {
    Map<String, Object> record =
        Map.of(
            "actor", Map.of("user", Map.of("name", "olga")),
            "unmapped", Map.of("data", Map.of("step", "promote")));
    eu.answer(
        "GET /v1/entries?order=newest&limit=20",
        () ->
            new Page<>(
                List.of(
                    entry(1, "io.farshore.failover.step.completed.v1", record),
                    entry(0, "io.farshore.audit.log.started.v1", Map.of())),
                null));

    assertThat(regions.run("audit", "entries", "--region", "eu-west").out().lines())
        .containsExactly(
            "INDEX  TIME                  WHO   WHAT                     STEP     SUBJECT",
            "1      2026-11-21T03:00:00Z  olga  failover.step.completed  promote  audit-log",
            "0      2026-11-21T03:00:00Z  -     audit.log.started        -        audit-log");
  }

  private static AuditEntryView entry(long index, String type, Map<String, Object> record) {
    return new AuditEntryView(index, "00", "e-" + index, type, Samples.NOW, "audit-log", record);
  }

  @Test
  void aRegionNobodyKnowsIsNamed() {
    Run run = regions.run("status", "--region", "mars");
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
    Files.writeString(regions.context(), "{");
    Run run = regions.run("status");
    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err().lines()).singleElement().asString().contains("context-unreadable");
  }
}
