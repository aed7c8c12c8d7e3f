package io.farshore.cli;

import static io.farshore.cli.Samples.NOW;
import static io.farshore.cli.Samples.application;
import static io.farshore.cli.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.contracts.Page;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class StatusTest {
  @TempDir Path directory;
  private TwoRegions regions;
  private FakeRegion us;
  private FakeRegion eu;

  @BeforeEach
  void start() throws IOException {
    regions = new TwoRegions(directory);
    us = regions.us();
    eu = regions.eu();
  }

  @AfterEach
  void stop() {
    regions.close();
  }

  private static FakeRegion quiet(FakeRegion region) {
    return region
        .answer(
            "GET /v1/applications", () -> new Page<>(List.of(application("eu-west", null)), null))
        .answer("GET /v1/executions?limit=10", () -> new Page<>(List.of(), null))
        .answer("GET /v1/links", () -> new Page<>(List.of(), null))
        .answer("GET /v1/exposures", () -> new Page<>(List.of(), null))
        .answer("GET /v1/recovery-points?limit=20", () -> new Page<>(List.of(), null))
        .answer("GET /v1/region-status", List::of);
  }

  @Test
  void statusShowsWhoMayWriteAndWhatDoesNotAnswer() {
    quiet(eu)
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

    Run run = regions.run("status");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .contains("eu-west    3      valid")
        .contains("primary   2         0/5000000")
        .contains("p-1")
        .containsPattern("us-east +backup-service +service-unreachable");
    assertThat(regions.run("status", "-o", "json").out())
        .startsWith("{")
        .contains("\"holder\" : \"eu-west\"");
  }

  @Test
  void statusIsNotReadyWhileNobodyMayWrite() {
    us.close();
    eu.close();

    Run run = regions.run("status");

    assertThat(run.exit()).isEqualTo(ExitCodes.NOT_READY);
    assertThat(run.out()).contains("no quorum member answers");
  }

  private static ReplicationLink link(String from, String to, Instant at, long bytes) {
    return new ReplicationLink(
        "ledger", "database", from, to, "streaming", 1L, bytes, null, null, null, at);
  }

  private static Exposure exposure(String region, String survivor, Instant at, String within) {
    return new Exposure("ledger", region, survivor, null, null, null, within, at);
  }

  @Test
  void whatBothRegionsSeeIsShownOnceAsItWasSeenLast() throws IOException {
    Instant later = NOW.plusNanos(1);
    quiet(eu)
        .answer(
            "GET /v1/links",
            () ->
                new Page<>(
                    List.of(
                        link("us-east", "eu-west", NOW, 1), link("eu-west", "us-east", later, 2)),
                    null))
        .answer(
            "GET /v1/exposures",
            () ->
                new Page<>(
                    List.of(
                        exposure("us-east", "eu-west", NOW, "Unknown"),
                        exposure("eu-west", "us-east", later, "False")),
                    null));
    quiet(us)
        .answer(
            "GET /v1/links",
            () ->
                new Page<>(
                    List.of(
                        link("us-east", "eu-west", later, 3), link("eu-west", "us-east", NOW, 4)),
                    null))
        .answer(
            "GET /v1/exposures",
            () -> new Page<>(List.of(exposure("us-east", "eu-west", later, "True")), null));

    assertThat(regions.run("status").out().lines())
        .containsSequence(
            "FROM     TO       STATE      LAG      BEHIND  HEARTBEAT LAG",
            "eu-west  us-east  streaming  unknown  2 B     unknown",
            "us-east  eu-west  streaming  unknown  3 B     unknown",
            "",
            "IF LOST NOW  SURVIVOR  LOSS AT MOST  BYTES    WITHIN OBJECTIVE",
            "eu-west      us-east   unknown       unknown  no",
            "us-east      eu-west   unknown       unknown  yes");
    JsonNode json = new ObjectMapper().readTree(regions.run("status", "-o", "json").out());
    assertThat(json.get("links").findValuesAsText("serverLagBytes")).containsExactly("2", "3");
    assertThat(json.get("exposures").findValuesAsText("withinObjective"))
        .containsExactly("False", "True");
  }

  @Test
  void anExposureNobodyKnowsIsUnknown() {
    quiet(us);
    quiet(eu)
        .answer(
            "GET /v1/exposures",
            () -> new Page<>(List.of(exposure("us-east", "eu-west", NOW, "Unknown")), null));

    assertThat(regions.run("status").out())
        .containsPattern("us-east +eu-west +unknown +unknown +unknown\\R");
  }

  @Test
  void aRegionThatKnowsIsAskedBeforeOneThatWasAskedLater() {
    Exposure known =
        new Exposure("ledger", "us-east", "eu-west", Duration.ofSeconds(7), 5L, null, "True", NOW);
    quiet(us).answer("GET /v1/exposures", () -> new Page<>(List.of(known), null));
    quiet(eu)
        .answer(
            "GET /v1/exposures",
            () ->
                new Page<>(
                    List.of(exposure("us-east", "eu-west", NOW.plusSeconds(9), "Unknown")), null));

    assertThat(regions.run("status").out()).containsPattern("us-east +eu-west +7.0 s +5 B +yes");
  }

  @Test
  void programsGetTheWholeInstant() {
    Instant taken = NOW.plusNanos(538_079_478);
    quiet(us);
    quiet(eu)
        .answer(
            "GET /v1/recovery-points?limit=20",
            () -> new Page<>(List.of(point("p-1", taken)), null));

    assertThat(regions.run("status").out())
        .contains("p-1                    2026-11-21T03:00:00Z ");
    assertThat(regions.run("status", "-o", "json").out())
        .contains("\"takenAt\" : \"2026-11-21T03:00:00.538079478Z\"");
  }
}
