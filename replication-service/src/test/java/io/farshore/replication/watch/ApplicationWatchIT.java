package io.farshore.replication.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.Timeouts;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.postgres.fence.SessionFence;
import io.farshore.postgres.history.TimelineHistory;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.Promoter;
import io.farshore.postgres.status.Promotion;
import io.farshore.replication.lag.LagThresholds;
import io.farshore.replication.lag.LinkBook;
import io.farshore.replication.lag.LinkEvent;
import io.farshore.replication.lag.LinkReading;
import io.farshore.replication.lag.LinkState;
import io.farshore.replication.watch.drivers.PostgresWatchedDatabase;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationWatchIT {
  private static final ApplicationId LEDGER = new ApplicationId("ledger");
  private static final RegionId EAST = new RegionId("us-east");
  private static final RegionId WEST = new RegionId("eu-west");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LagThresholds THRESHOLDS =
      new LagThresholds(Duration.ofSeconds(5), Duration.ofSeconds(30), 3);

  @TempDir Path directory;
  private final MonotonicClock clock = MonotonicClock.system();
  private final List<LinkEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicBoolean writesElsewhere = new AtomicBoolean();
  private PostgresServer primary;
  private PostgresServer standby;
  private ApplicationWatch east;
  private ApplicationWatch west;

  @BeforeEach
  void start() {
    primary = builder("east").setting("wal_sender_timeout", "5s").start();
    primary.execute(
        "postgres",
        "CREATE TABLE t (i int)",
        "CREATE ROLE farshore_monitor LOGIN PASSWORD 'monitor'",
        "GRANT pg_monitor TO farshore_monitor",
        "CREATE SCHEMA farshore AUTHORIZATION farshore_monitor");
    PostgresEndpoint from = superuser(primary);
    BaseBackupToDirectory.standby(
        from,
        directory.resolve("west"),
        new StandbyOptions(from.withApplicationName("eu-west"), "eu_west"));
    standby = builder("west").start();
    east = watch(primary, EAST, WEST, events::add);
    west = watch(standby, WEST, EAST, events::add);
  }

  @AfterEach
  void stop() {
    east.close();
    west.close();
    standby.kill();
    primary.kill();
  }

  @Test
  void both_sides_see_a_link_that_flows_and_next_to_nothing_exposed() {
    await(
        "proof on both sides",
        () -> {
          east.tick();
          west.tick();
          return !east.readings().isEmpty()
              && exposure(east).isPresent()
              && exposure(west).isPresent();
        });
    assertThat(east.readings().getFirst().state().isConnected()).isTrue();
    assertThat(west.readings().getFirst().state().isConnected()).isTrue();
    assertThat(west.readings().getFirst().link()).isEqualTo(east.readings().getFirst().link());
    assertThat(events).isEmpty();
  }

  @Test
  void what_is_lost_with_the_primary_lies_within_the_exposure_told_before() throws Exception {
    await("proof", () -> tick(east) && exposure(east).isPresent());
    standby.kill(); // not paused: what is in its socket would still arrive
    List<Commit> commits = new ArrayList<>();
    try (Connection client = primary.connect("postgres");
        Statement statement = client.createStatement()) {
      for (int i = 0; i < 300; i++) {
        statement.execute("INSERT INTO t VALUES (" + i + ")");
        commits.add(new Commit(i, System.nanoTime()));
        if (i % 10 == 0) {
          east.tick();
        }
      }
    }
    east.tick();
    Duration told = exposure(east).orElseThrow();
    long toldAt = System.nanoTime();
    Long toldBytes = east.readings().getFirst().exposedBytes();
    Lsn end = DatabaseProbe.probe(superuser(primary)).position().lsn();
    primary.kill();
    standby.start();
    String system = DatabaseProbe.probe(superuser(standby)).systemIdentifier();
    Promotion promotion = Promoter.promote(superuser(standby), system, PATIENCE);
    TimelineHistory history =
        TimelineHistory.read(superuser(standby), promotion.position().timeline());
    long lostBytes = end.bytesSince(history.leftAt(new Timeline(1)).orElseThrow());

    Set<Integer> there = values(standby);
    List<Commit> lost = commits.stream().filter(commit -> !there.contains(commit.value)).toList();
    assertThat(lost).isNotEmpty();
    assertThat(Duration.ofNanos(toldAt - lost.getFirst().acknowledgedAt)).isLessThanOrEqualTo(told);
    assertThat(toldBytes).isNotNull().isGreaterThanOrEqualTo(lostBytes);
  }

  @Test
  void on_the_replica_exposure_of_a_dead_primary_grows_from_the_last_heartbeat() {
    await(
        "proof",
        () -> tick(east) && tick(west) && exposure(east).isPresent() && exposure(west).isPresent());
    primary.kill();
    await("loss told", () -> tick(west) && state(west) == LinkState.DISCONNECTED);
    Duration first = exposure(west).orElseThrow();
    west.tick();
    assertThat(exposure(west).orElseThrow()).isGreaterThan(first);
    assertThat(west.readings().getFirst().lagBytes()).isNull();
    await(
        "event",
        () -> tick(west) && events.stream().anyMatch(e -> e instanceof LinkEvent.LinkLost));
    await("own view", () -> tick(east) && state(east) == LinkState.UNKNOWN);
    assertThat(exposure(east)).isPresent();
  }

  @Test
  void a_closed_commit_gate_does_not_stop_the_heartbeats() {
    primary.configure("synchronous_standby_names", "farshore_gate");
    await("proof", () -> tick(east) && tick(west) && east.answered() && exposure(west).isPresent());
    Duration before = exposure(west).orElseThrow();
    await("newer proof", () -> tick(east) && tick(west) && younger(west, before));
  }

  @Test
  void a_fenced_primary_is_watched_without_heartbeats_and_its_exposure_stays_small() {
    await("proof", () -> tick(east) && exposure(east).isPresent());
    SessionFence.fence(superuser(primary), Set.of());
    await("answers again", () -> tick(east) && east.answered());
    Duration before = exposure(east).orElseThrow();
    await("idle", () -> tick(east) && state(east) == LinkState.IDLE && younger(east, before));
    assertThat(east.readings().getFirst().exposedBytes()).isZero();
  }

  @Test
  void a_fenced_primary_whose_right_went_elsewhere_has_no_links_and_raises_no_alarm() {
    await("proof", () -> tick(east) && exposure(east).isPresent());
    SessionFence.fence(superuser(primary), Set.of());
    standby.kill();
    writesElsewhere.set(true);
    await(
        "no link",
        () -> {
          east.tick();
          return east.answered() && east.readings().isEmpty();
        });
    for (int look = 0; look < THRESHOLDS.samples(); look++) {
      east.tick();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void after_a_promotion_the_link_turns_round_and_the_other_side_is_missing() {
    await("proof", () -> tick(east) && tick(west) && exposure(west).isPresent());
    String system = DatabaseProbe.probe(superuser(standby)).systemIdentifier();
    primary.kill();
    Promoter.promote(superuser(standby), system, PATIENCE);
    await("turned", () -> tick(west) && west.readings().getFirst().link().from().equals(WEST));
    LinkReading link = west.readings().getFirst();
    assertThat(link.state()).isEqualTo(LinkState.DISCONNECTED);
    assertThat(exposure(west)).isEmpty();
  }

  @Test
  void a_role_without_rights_measures_what_it_may_and_an_event_without_room_is_counted() {
    primary.execute(
        "postgres",
        "CREATE ROLE bare LOGIN PASSWORD 'monitor'",
        "GRANT pg_monitor TO bare",
        "DROP SCHEMA farshore CASCADE");
    LinkEvents full =
        event -> {
          throw new FarshoreException(
              ErrorCode.retryable("outbox-full", ErrorCategory.EXHAUSTED), "full");
        };
    try (ApplicationWatch bare = watch(primary, "bare", EAST, WEST, full)) {
      await("proof", () -> tick(bare) && exposure(bare).isPresent());
      standby.kill();
      await("event lost", () -> tick(bare) && bare.eventsLost() == 1);
      assertThat(bare.answered()).isTrue();
    }
  }

  private record Commit(int value, long acknowledgedAt) {}

  private boolean younger(ApplicationWatch watch, Duration before) {
    return exposure(watch).orElseThrow().compareTo(before) < 0;
  }

  private static boolean tick(ApplicationWatch watch) {
    watch.tick();
    return !watch.readings().isEmpty();
  }

  private static LinkState state(ApplicationWatch watch) {
    return watch.readings().getFirst().state();
  }

  private Optional<Duration> exposure(ApplicationWatch watch) {
    return watch.readings().stream().findFirst().map(reading -> reading.exposure(clock.now()));
  }

  private ApplicationWatch watch(
      PostgresServer server, RegionId here, RegionId other, LinkEvents sink) {
    return watch(server, "farshore_monitor", here, other, sink);
  }

  private ApplicationWatch watch(
      PostgresServer server, String role, RegionId here, RegionId other, LinkEvents sink) {
    return new ApplicationWatch(
        LEDGER,
        new PostgresWatchedDatabase(
            PostgresEndpoint.of("127.0.0.1", server.port(), "postgres", role, "monitor")
                .withTimeouts(new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5))),
            here,
            Optional::empty,
            writesElsewhere::get,
            region -> OptionalLong.empty(),
            clock,
            Clock.systemUTC()),
        new LinkBook(LEDGER, here, Set.of(other), Duration.ofMillis(200)),
        THRESHOLDS,
        sink,
        (reading, now) -> {},
        clock);
  }

  private PostgresServer.Builder builder(String name) {
    return PostgresServer.builder(directory.resolve(name))
        .setting("wal_level", "logical")
        .setting("fsync", "off")
        .setting("synchronous_standby_names", "");
  }

  private static PostgresEndpoint superuser(PostgresServer server) {
    return PostgresEndpoint.of(
        "127.0.0.1", server.port(), "postgres", server.superuser(), server.password());
  }

  private static Set<Integer> values(PostgresServer server) throws SQLException {
    Set<Integer> values = new java.util.HashSet<>();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT i FROM t")) {
      while (row.next()) {
        values.add(row.getInt(1));
      }
    }
    return values;
  }

  private static void await(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(50);
      } catch (Exception e) {
        last = e;
      }
      assertThat(System.nanoTime() - deadline)
          .as("waited for %s, last %s", what, last)
          .isNegative();
    }
  }
}
