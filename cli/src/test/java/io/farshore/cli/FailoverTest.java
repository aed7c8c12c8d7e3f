package io.farshore.cli;

import static io.farshore.cli.Samples.application;
import static io.farshore.cli.Samples.execution;
import static io.farshore.cli.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.cli.output.Terminal;
import io.farshore.contracts.Page;
import io.farshore.contracts.Problem;
import io.farshore.contracts.failover.Execution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class FailoverTest {
  private static final String MOVE = "/v1/applications/ledger:failover";

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

  @Test
  void aFailoverIsStartedWithTheOperatorsTokenByWhoeverAnswers() {
    eu.close();
    us.answer("POST " + MOVE, () -> execution("running", List.of(step("detect", "completed"))));

    Run run =
        regions.run(
            "failover",
            "start",
            "--yes",
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
  void whyIsRecordedAsNotSaidUnlessItIs() {
    eu.answer("POST " + MOVE, () -> execution("running", List.of()));

    regions.run("failover", "start", "-y");

    assertThat(eu.bodies()).singleElement().asString().contains("\"reason\":\"no reason given\"");
  }

  @Test
  void aPersonIsAskedAndMayAgree() {
    eu.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    eu.answer("POST " + MOVE, () -> execution("running", List.of()));
    List<String> asked = new ArrayList<>();
    Terminal terminal =
        question -> {
          asked.add(question);
          return " Yes ";
        };

    Run run = regions.run(terminal, "failover", "start");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(asked)
        .singleElement()
        .asString()
        .isEqualToNormalizingNewlines(
            """
            This moves ledger from us-east, which holds the lease, to the best candidate.
            Move it? [y/N] \
            """);
    assertThat(eu.requests().getLast()).startsWith("POST " + MOVE);
  }

  @Test
  void theQuestionSaysWhatWasAskedFor() {
    eu.answer("GET /v1/applications/ledger", () -> application(null, null));
    AtomicReference<String> asked = new AtomicReference<>();
    Terminal terminal =
        question -> {
          asked.set(question);
          return null;
        };

    regions.run(terminal, "failover", "start", "--to", "eu-west", "--accept-loss");

    assertThat(asked.get())
        .startsWith(
            "This moves ledger, whose lease no region holds, to eu-west, even if more is lost than"
                + " the objective allows.");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "n", "no", "yess", "Y es"})
  void anythingButYesMovesNothing(String answer) {
    eu.answer("GET /v1/applications/ledger", () -> application("us-east", null));

    Run run = regions.run(question -> answer, "failover", "start", "--watch");

    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).containsExactly("farshorectl: nothing was done");
    assertThat(eu.commands()).isEmpty();
  }

  @Test
  void whereNobodyCanBeAskedYesHasToBeSaid() {
    Run run = regions.run("failover", "start");

    assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err().lines()).singleElement().asString().contains("add --yes");
    assertThat(eu.requests()).isEmpty();
    assertThat(us.requests()).isEmpty();
  }

  @Test
  void withYesNobodyIsAsked() {
    eu.answer("POST " + MOVE, () -> execution("running", List.of()));
    Terminal terminal =
        question -> {
          throw new AssertionError(question);
        };

    assertThat(regions.run(terminal, "failover", "start", "--yes").exit()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void aRefusalIsOneLineWithItsCode() {
    eu.answer(
        "POST " + MOVE,
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

    Run run = regions.run("failover", "start", "--yes");

    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "farshorectl: The candidate is further behind than the objective allows"
                + " (loss-beyond-objective) [lag=PT90S traceId=abc]");
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

    Run run = regions.run("failover", "watch", "0190-1");

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

    Run run = regions.run("failover", "watch", "0190-1");

    assertThat(run.exit()).isEqualTo(ExitCodes.OBJECTIVE_MISSED);
    assertThat(run.err()).contains("the recovery time objective was 5.0 s");
  }

  @Test
  void aFailedExecutionIsAnError() {
    eu.answer("GET /v1/executions/0190-1", () -> execution("failed", List.of()));
    assertThat(regions.run("failover", "watch", "0190-1").exit()).isEqualTo(ExitCodes.ERROR);
  }

  @Test
  void nothingToWatchIsNotReady() {
    eu.answer("GET /v1/executions?limit=1", () -> new Page<>(List.of(), null));
    assertThat(regions.run("failover", "watch").exit()).isEqualTo(ExitCodes.NOT_READY);
  }
}
