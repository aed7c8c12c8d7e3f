package io.farshore.failover.world;

import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import io.farshore.failover.application.Component;
import io.farshore.failover.application.ComponentKind;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.application.Tier;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.kernel.RegionId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testing.postgres.PostgresServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two regions with a database each, and a witness. */
public final class TestWorld implements AutoCloseable {
  static final RegionId EAST = new RegionId("us-east");
  static final RegionId WEST = new RegionId("eu-west");

  /** Whatever a condition needs on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final PostgresServer eastDatabase;
  final PostgresServer westDatabase;
  final TestRegion east;
  final TestRegion west;
  final TestRegion witness;
  private final Vertx vertx = Vertx.vertx();

  TestWorld(Path directory) throws IOException {
    eastDatabase = server(directory.resolve("east-pg")).start();
    eastDatabase.execute(
        "postgres",
        "CREATE TABLE transfers (id bigint PRIMARY KEY)",
        "CREATE EXTENSION pg_walinspect",
        "CREATE ROLE farshore_guard SUPERUSER LOGIN PASSWORD 'farshore'");
    PostgresEndpoint from = TestRegion.endpoint(eastDatabase);
    BaseBackupToDirectory.standby(
        from,
        directory.resolve("west-pg"),
        new StandbyOptions(from.withApplicationName("eu-west"), "eu_west"));
    eastDatabase.configure("synchronous_standby_names", "farshore_gate");
    westDatabase =
        server(directory.resolve("west-pg"))
            .setting("hot_standby", "on")
            .setting("synchronous_standby_names", "farshore_gate")
            .start();
    Map<String, Integer> quorum = new HashMap<>();
    Map<String, Map<String, String>> addresses = new HashMap<>();
    for (String name : List.of("us-east", "eu-west", "witness")) {
      quorum.put(name, freePort());
      addresses.put(
          name,
          name.equals("witness")
              ? Map.of("failover-service", "http://127.0.0.1:" + freePort())
              : Map.of(
                  "failover-service", "http://127.0.0.1:" + freePort(),
                  "ledger-database", "127.0.0.1:" + database(new RegionId(name)).port()));
    }
    east =
        new TestRegion(
            "us-east", directory.resolve("east"), quorum, addresses, eastDatabase, vertx);
    west =
        new TestRegion(
            "eu-west", directory.resolve("west"), quorum, addresses, westDatabase, vertx);
    witness =
        new TestRegion("witness", directory.resolve("witness"), quorum, addresses, null, vertx);
  }

  private static PostgresServer.Builder server(Path directory) {
    return PostgresServer.builder(directory)
        .setting("wal_level", "logical")
        .setting("wal_log_hints", "on")
        .setting("fsync", "off")
        .setting("wal_sender_timeout", "5s")
        .setting("wal_receiver_status_interval", "1s")
        .setting("max_wal_senders", "16")
        .setting("max_replication_slots", "16");
  }

  /** Starts every member, declares the application and waits until it can write. */
  void begin(FailoverMode mode) throws Exception {
    // Without the gate nobody confirms: what was done so far needed none.
    east.start();
    west.start();
    witness.start();
    await("a leader", () -> witness.member().quorum().leader().isPresent());
    declare(mode);
    awaitWriter(EAST);
  }

  void declare(FailoverMode mode) throws Exception {
    ProtectedApplication ledger =
        new ProtectedApplication(
            TestRegion.LEDGER,
            "payments",
            Tier.CRITICAL,
            Tier.CRITICAL.defaults(),
            List.of(EAST, WEST),
            List.of(
                new Component("database", ComponentKind.POSTGRESQL, Map.of()),
                new Component("ledger", ComponentKind.HTTP, Map.of())),
            new FailoverPolicy(mode, Duration.ofSeconds(5), Duration.ofSeconds(1), 3, true));
    witness
        .member()
        .require(
            new Declare(
                TestRegion.LEDGER,
                ledger,
                null,
                "test",
                Instant.now(),
                witness.member().quorum().self()))
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  ApplicationRecord ledger() {
    return witness.member().state().application(TestRegion.LEDGER).orElseThrow();
  }

  Optional<ExecutionRecord> lastExecution() {
    List<ExecutionRecord> executions = ledger().executions();
    return executions.isEmpty() ? Optional.empty() : Optional.of(executions.getLast());
  }

  /** The region the witness's routing table sends writes to. */
  @Nullable String writer() {
    return witness.member().state().routes().routes().stream()
        .findFirst()
        .map(ApplicationRoute::writer)
        .orElse(null);
  }

  void awaitWriter(RegionId region) {
    await("writes go to " + region, () -> region.value().equals(writer()));
  }

  PostgresServer database(RegionId region) {
    return region.equals(EAST) ? eastDatabase : westDatabase;
  }

  public static void await(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for: " + what, last);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    east.close();
    west.close();
    witness.close();
    eastDatabase.kill();
    westDatabase.kill();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
