package io.farshore.postgres.status;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.TestServers;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.postgres.history.Divergence;
import io.farshore.postgres.history.TimelineHistory;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private PostgresServer primary;
  private PostgresServer standby;

  @BeforeEach
  void start() {
    primary = TestServers.primary(directory.resolve("primary")).start();
    primary.execute("postgres", "CREATE EXTENSION pg_walinspect", "CREATE TABLE t (i int)");
    standby = TestServers.standby(primary, directory.resolve("standby"), "eu-west");
    awaitReplay();
  }

  @AfterEach
  void stop() {
    standby.kill();
    primary.kill();
  }

  @Test
  void both_sides_say_what_they_are_and_how_far() {
    await("sender streams", () -> !primary().followers().isEmpty());
    primary.execute("postgres", "INSERT INTO t VALUES (0)");
    awaitReplay();
    DatabaseStatus.Primary sender = primary();
    DatabaseStatus.Replica receiver = (DatabaseStatus.Replica) probe(standby);

    assertThat(receiver.systemIdentifier()).isEqualTo(sender.systemIdentifier());
    assertThat(sender.position().timeline()).isEqualTo(new Timeline(1));
    assertThat(receiver.position().timeline()).isEqualTo(new Timeline(1));
    assertThat(sender.fenced()).isFalse();
    assertThat(sender.followers().getFirst().applicationName()).isEqualTo("eu-west");
    assertThat(sender.followers().getFirst().state()).isEqualTo("streaming");
    assertThat(receiver.received()).isNotNull();
    assertThat(receiver.lastCommitReplayedAt()).isNotNull();
    assertThat(receiver.receiver())
        .satisfies(connection -> assertThat(connection.streaming()).isTrue());
    primary.kill();
    await("receiver gone", () -> ((DatabaseStatus.Replica) probe(standby)).receiver() == null);
  }

  @Test
  void a_promoted_replica_opens_a_timeline_and_asked_again_does_nothing() throws Exception {
    String system = probe(standby).systemIdentifier();
    primary.kill();

    Promotion first = Promoter.promote(endpoint(standby), system, PATIENCE);
    Promotion again = Promoter.promote(endpoint(standby), system, PATIENCE);

    assertThat(first.promotedNow()).isTrue();
    assertThat(first.position().timeline()).isEqualTo(new Timeline(2));
    assertThat(again.promotedNow()).isFalse();
    assertThat(again.position().timeline()).isEqualTo(new Timeline(2));
    standby.execute("postgres", "INSERT INTO t VALUES (1)");
    assertThat(query(standby, "SELECT count(*) FROM t")).isEqualTo("1");
  }

  @Test
  void a_server_of_another_cluster_is_not_promoted() {
    FarshoreException refused =
        catchThrowableOfType(
            FarshoreException.class,
            () -> Promoter.promote(endpoint(standby), "7000000000000000000", PATIENCE));
    assertThat(refused.code()).isEqualTo(PostgresErrors.OTHER_SYSTEM);
    assertThat(probe(standby)).isInstanceOf(DatabaseStatus.Replica.class);
  }

  @Test
  void what_the_old_primary_wrote_alone_is_measured() throws Exception {
    String system = probe(standby).systemIdentifier();
    standby.kill(); // so that it misses what follows
    for (int i = 0; i < 5; i++) {
      primary.execute("postgres", "INSERT INTO t VALUES (" + i + ")");
    }
    Lsn end = primary().position().lsn();
    standby.launch();
    primary.pause(); // a lost region
    standby.awaitAccepting(PATIENCE);
    Promotion promotion = Promoter.promote(endpoint(standby), system, PATIENCE);
    primary.resume();

    TimelineHistory history =
        TimelineHistory.read(endpoint(standby), promotion.position().timeline());
    Divergence divergence = Divergence.measure(endpoint(primary), history).orElseThrow();

    int missing = 5 - Integer.parseInt(query(standby, "SELECT count(*) FROM t"));
    assertThat(divergence.commits()).hasValue(missing);
    assertThat(divergence.timeline()).isEqualTo(new Timeline(1));
    assertThat(history.leftAt(new Timeline(1))).contains(divergence.fork());
    assertThat(divergence.end()).isGreaterThanOrEqualTo(end);
    assertThat(divergence.bytes()).isEqualTo(divergence.end().bytesSince(divergence.fork()));
    assertThat(
            Divergence.measure(endpoint(primary), new TimelineHistory(new Timeline(9), List.of())))
        .isEmpty();
  }

  @Test
  void a_replica_that_followed_a_switch_says_the_new_timeline() throws Exception {
    String system = probe(standby).systemIdentifier();
    primary.close();
    Promoter.promote(endpoint(standby), system, PATIENCE);
    BaseBackupToDirectory.followPrimary(
        primary.dataDirectory(),
        new StandbyOptions(endpoint(standby).withApplicationName("us-east"), null));
    primary.start(); // cleanly stopped before the promotion: it may follow
    standby.execute("postgres", "INSERT INTO t VALUES (1)");
    await("replay", () -> query(primary, "SELECT count(*) FROM t").equals("1"));
    assertThat(probe(primary)).isInstanceOf(DatabaseStatus.Replica.class);
    assertThat(probe(primary).position().timeline()).isEqualTo(new Timeline(2));
  }

  private DatabaseStatus.Primary primary() {
    return (DatabaseStatus.Primary) probe(primary);
  }

  private static DatabaseStatus probe(PostgresServer server) {
    return DatabaseProbe.probe(endpoint(server));
  }

  private void awaitReplay() {
    Lsn end = primary().position().lsn();
    await("replay", () -> !end.isAfter(probe(standby).position().lsn()));
  }
}
