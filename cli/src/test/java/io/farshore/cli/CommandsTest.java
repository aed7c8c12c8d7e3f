package io.farshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.contracts.gateway.RouteExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
