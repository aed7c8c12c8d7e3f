package io.farshore.postgres;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.farshore.kernel.Timeline;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.postgres.counts.RowCounts;
import io.farshore.postgres.counts.TableName;
import io.farshore.postgres.fence.SessionFence;
import io.farshore.postgres.gate.CommitGate;
import io.farshore.postgres.history.Divergence;
import io.farshore.postgres.history.TimelineHistory;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.DatabaseStatus;
import io.farshore.postgres.status.Promoter;
import io.farshore.postgres.status.Promotion;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest version we claim, where this machine has it. */
class OldestServerIT {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void a_whole_life_from_copy_to_promotion() throws Exception {
    assumeTrue(Files.isExecutable(PROGRAMS.resolve("postgres")), "needs PostgreSQL 15");
    try (PostgresServer primary = builder("primary").start()) {
      primary.execute("postgres", "CREATE TABLE t AS SELECT generate_series(1, 1000) i");
      assertThat(query(primary, "SHOW server_version")).startsWith("15");
      BaseBackupToDirectory.standby(
          endpoint(primary),
          directory.resolve("standby"),
          new StandbyOptions(endpoint(primary).withApplicationName("eu-west"), "eu_west"));
      RowCounts counts = RowCounts.take(endpoint(primary), Set.of(), PATIENCE).orElseThrow();
      assertThat(counts.counts()).containsEntry(new TableName("public", "t"), 1000L);

      try (PostgresServer standby = builder("standby").start()) {
        primary.configure("synchronous_standby_names", CommitGate.APPLICATION_NAME);
        await(
            "setting",
            () -> query(primary, "SHOW synchronous_standby_names").equals("farshore_gate"));
        try (CommitGate gate = CommitGate.open(endpoint(primary), () -> true)) {
          primary.execute("postgres", "INSERT INTO t VALUES (1001)");
          await("replay", () -> query(standby, "SELECT count(*) FROM t").equals("1001"));
          assertThat(gate.status().open()).isTrue();
        }
        assertThat(SessionFence.fence(endpoint(primary), Set.of())).isZero();
        DatabaseStatus old = DatabaseProbe.probe(endpoint(primary));
        Promotion promotion = Promoter.promote(endpoint(standby), old.systemIdentifier(), PATIENCE);
        assertThat(promotion.position().timeline()).isEqualTo(new Timeline(2));
        TimelineHistory history = TimelineHistory.read(endpoint(standby), new Timeline(2));
        assertThat(Divergence.measure(endpoint(primary), history)).isPresent();
      }
    }
  }

  private PostgresServer.Builder builder(String name) {
    return TestServers.primary(directory.resolve(name))
        .programs(PROGRAMS)
        .setting("synchronous_standby_names", "");
  }
}
