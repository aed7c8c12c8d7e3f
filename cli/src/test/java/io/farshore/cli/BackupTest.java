package io.farshore.cli;

import static io.farshore.cli.Samples.application;
import static io.farshore.cli.Samples.backup;
import static io.farshore.cli.Samples.point;
import static io.farshore.cli.Samples.restore;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.client.FarshoreJson;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.BackupRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class BackupTest {
  @TempDir Path directory;
  private static final Pattern HINT =
      Pattern.compile(
          "to follow it: the same command with --region (\\S+) --idempotency-key (\\S+) --wait\\R");

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
  void aBackupRunsWhereThePrimaryIsAndIsWaitedFor() {
    us.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    eu.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    us.answer("POST /v1/backup-runs", () -> backup("running", null));
    us.answer("GET /v1/backup-runs/run-1", () -> backup("completed", "p-9"));

    Run run = regions.run("backup", "run", "--wait");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("in us-east: completed").contains("recovery point p-9");
    assertThat(us.bodies())
        .contains("{\"application\":\"ledger\",\"component\":\"ledger-database\"}");
  }

  @Test
  void recoveryPointsOfAllRegionsAreListedOnce() {
    eu.answer("GET /v1/recovery-points?limit=20", () -> new Page<>(List.of(point("p-1")), null));
    us.answer(
        "GET /v1/recovery-points?limit=20",
        () -> new Page<>(List.of(point("p-1"), point("p-2")), null));

    Run run = regions.run("backup", "list");

    assertThat(run.exit()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).containsOnlyOnce("p-1").contains("p-2").contains("3.0 MiB");
  }

  @Test
  void aBackupThatIsNotWaitedForSaysHowToFollowIt() {
    us.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    eu.answer("GET /v1/applications/ledger", () -> application("us-east", null));
    us.answer("POST /v1/backup-runs", () -> backup("running", null));
    us.answer("GET /v1/backup-runs/run-1", () -> backup("completed", "p-9"));
    Run begun = regions.run("backup", "run");
    assertThat(begun.exit()).as(begun.err()).isEqualTo(ExitCodes.OK);
    Matcher hint = HINT.matcher(begun.out());
    assertThat(hint.find()).as(begun.out()).isTrue();
    // By then another region may have the lease, and would take the command for a new one.
    us.answer("GET /v1/applications/ledger", () -> application("eu-west", null));

    Run followed =
        regions.run(
            "backup",
            "run",
            "--region",
            hint.group(1),
            "--idempotency-key",
            hint.group(2),
            "--wait");

    assertThat(followed.exit()).as(followed.err()).isEqualTo(ExitCodes.OK);
    assertThat(followed.out()).contains("run-1 in us-east: completed").doesNotContain("follow");
    assertThat(us.commands()).hasSize(2).containsOnly(us.commands().getFirst());
    assertThat(eu.commands()).isEmpty();
  }

  @Test
  void programsGetNothingButTheRun() throws IOException {
    eu.answer("GET /v1/applications/ledger", () -> application("eu-west", null));
    eu.answer("POST /v1/backup-runs", () -> backup("running", null));

    Run run = regions.run("backup", "run", "-o", "json");

    assertThat(FarshoreJson.lenient().readValue(run.out(), BackupRun.class))
        .isEqualTo(backup("running", null));
  }

  @Test
  void aRestoreIsWaitedForWhereItWasBegun() {
    eu.close();
    us.answer("POST /v1/restores", () -> restore("running"));
    us.answer("GET /v1/restores/restore-1", () -> restore("completed"));

    Run run = regions.run("backup", "restore", "p-1", "/restored", "--wait");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            "restore restore-1 in us-east: completed, restored 1.0 MiB in 2.0 s, to /restored\n");
  }

  @Test
  void aRestoreThatIsNotWaitedForSaysHowToFollowIt() {
    eu.close();
    us.answer("POST /v1/restores", () -> restore("running"));

    Run run = regions.run("backup", "restore", "p-1", "/restored", "--idempotency-key", "k-1");

    assertThat(run.out())
        .contains("restore-1 in us-east: running")
        .contains("--region us-east --idempotency-key k-1 --wait");
  }
}
