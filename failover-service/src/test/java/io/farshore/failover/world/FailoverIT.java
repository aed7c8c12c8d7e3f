package io.farshore.failover.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.event.EventTypes;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.kernel.Epoch;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole moves, with real PostgreSQL servers and a real quorum over TCP. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FailoverIT {
  @TempDir Path directory;
  private TestWorld world;

  @BeforeEach
  void build() throws Exception {
    world = new TestWorld(directory);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void lostRegionIsReplacedAndTheOldPrimaryComesBackFenced() throws Exception {
    world.begin(FailoverMode.AUTOMATIC);
    List<Writer.Ack> acknowledged;
    try (Writer writer = new Writer(world)) {
      writer.start();
      TestWorld.await("writes in the home region", () -> writer.acknowledged().size() > 50);

      long killedAt = System.nanoTime();
      world.eastDatabase.kill();
      world.east.kill();
      TestWorld.await(
          "writes in the other region",
          () -> writer.acknowledged().getLast().region().equals("eu-west"));
      long first =
          writer.acknowledged().stream()
              .filter(ack -> ack.region().equals("eu-west"))
              .findFirst()
              .orElseThrow()
              .nanos();
      System.out.println("kill to first write: " + Duration.ofNanos(first - killedAt));
      TestWorld.await("the execution is over", this::lastIsOver);
      ExecutionRecord execution = world.lastExecution().orElseThrow();
      System.out.println(Measurement.of(execution));

      assertThat(execution.state()).isInstanceOf(ExecutionState.Completed.class);
      assertThat(execution.epoch()).isEqualTo(new Epoch(2));
      LossBound bound = Optional.ofNullable(execution.loss()).orElseThrow();
      assertThat(bound.duration()).isLessThanOrEqualTo(Duration.ofMinutes(1));

      world.eastDatabase.launch();
      world.east.start();
      TestWorld.await(
          "the old primary is fenced",
          () -> world.east.guard().report().role() == DatabaseRole.FENCED);
      TestWorld.await(
          "its divergence is known",
          () ->
              world
                  .ledger()
                  .region(TestWorld.EAST)
                  .filter(region -> region.divergence() != null)
                  .isPresent());
      System.out.println(world.ledger().region(TestWorld.EAST));
      assertThat(refusesWrites(world.eastDatabase)).isTrue();
      ExecutionRecord measured = world.lastExecution().orElseThrow();
      LossBound exact = Optional.ofNullable(measured.loss()).orElseThrow();
      assertThat(exact.exact()).isTrue();
      assertThat(exact.bytes()).isLessThanOrEqualTo(bound.bytes());
      acknowledged = writer.acknowledged();
    }
    theStepsAreAsDocumented();
    theEventsContradictNothingThatIsDocumented();
    assertThat(ids(world.westDatabase))
        .containsAll(
            acknowledged.stream()
                .filter(ack -> ack.region().equals("eu-west"))
                .map(Writer.Ack::id)
                .toList());
  }

  @Test
  void switchoverLosesNothing() throws Exception {
    world.begin(FailoverMode.MANUAL);
    List<Writer.Ack> acknowledged;
    try (Writer writer = new Writer(world)) {
      writer.start();
      TestWorld.await("writes in the home region", () -> writer.acknowledged().size() > 50);

      String id = UUID.randomUUID().toString();
      world
          .witness
          .member()
          .move(id, TestRegion.LEDGER, TestWorld.WEST, "test", "me", false, Set.of(), null)
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      TestWorld.await("the execution is over", this::lastIsOver);
      TestWorld.await(
          "writes in the other region",
          () -> writer.acknowledged().getLast().region().equals("eu-west"));
      ExecutionRecord execution = world.lastExecution().orElseThrow();
      System.out.println(Measurement.of(execution));

      assertThat(execution.state()).isInstanceOf(ExecutionState.Completed.class);
      assertThat(execution.request().kind()).isEqualTo(ExecutionKind.SWITCHOVER);
      assertThat(execution.loss()).isEqualTo(LossBound.NONE);
      assertThat(refusesWrites(world.eastDatabase)).isTrue();
      acknowledged = writer.acknowledged();
    }
    theEventsContradictNothingThatIsDocumented();
    assertThat(ids(world.westDatabase))
        .containsAll(acknowledged.stream().map(Writer.Ack::id).toList());
  }

  @Test
  void deadDatabaseInALivingRegionMovesTheApplication() throws Exception {
    world.begin(FailoverMode.AUTOMATIC);

    world.eastDatabase.kill();
    world.awaitWriter(TestWorld.WEST);
    TestWorld.await("the execution is over", this::lastIsOver);

    assertThat(world.lastExecution().orElseThrow().state())
        .isInstanceOf(ExecutionState.Completed.class);
  }

  @Test
  void homeRegionTakesItsLeaseAgainWhenNobodyMovedTheApplication() throws Exception {
    world.begin(FailoverMode.MANUAL);
    Epoch first = world.witness.member().state().lease(TestRegion.LEDGER).epoch();

    world.east.kill();
    TestWorld.await("commits are held", () -> refusesWrites(world.eastDatabase));
    world.east.start();
    TestWorld.await("commits are confirmed again", () -> !refusesWrites(world.eastDatabase));

    assertThat(world.writer()).isEqualTo("us-east");
    assertThat(world.witness.member().state().lease(TestRegion.LEDGER).epoch())
        .isGreaterThanOrEqualTo(first);
    assertThat(world.lastExecution()).isEmpty();
  }

  private void theEventsContradictNothingThatIsDocumented() {
    assertThat(EventDocument.ofRepository().contradictions(published())).isEmpty();
  }

  /** An automatic failover has every field there is. */
  private void theStepsAreAsDocumented() {
    String type = EventTypes.STEP_COMPLETED;
    assertThat(
            EventDocument.ofRepository()
                .differences(
                    type, published().stream().filter(event -> event.type().equals(type)).toList()))
        .isEmpty();
  }

  private List<PublishedEvent> published() {
    return world.witness.member().state().events().stream()
        .map(event -> new PublishedEvent(event.type(), event.subject(), event.data()))
        .toList();
  }

  private boolean lastIsOver() {
    return world.lastExecution().filter(one -> one.state().isOver()).isPresent();
  }

  /** Whether a write is refused or not confirmed within two seconds. */
  private static boolean refusesWrites(PostgresServer server) {
    try (Connection connection = server.connect("postgres")) {
      connection.setNetworkTimeout(Runnable::run, 2_000);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS probes (id bigint)");
        statement.execute("INSERT INTO probes VALUES (1)");
        return statement.getWarnings() != null;
      }
    } catch (SQLException refused) {
      return true;
    }
  }

  private static Set<Long> ids(PostgresServer server) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM transfers")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}
