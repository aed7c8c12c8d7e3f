package io.farshore.postgres.gate;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.TestServers;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitGateIT {
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

  @TempDir Path directory;
  private final AtomicBoolean leaseValid = new AtomicBoolean(true);
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private PostgresServer primary;
  private Connection session;

  @BeforeEach
  void start() throws SQLException {
    primary =
        TestServers.primary(directory.resolve("primary"))
            .setting("synchronous_standby_names", "")
            .start();
    primary.execute("postgres", "CREATE TABLE t (i int)");
    session = primary.connect("postgres");
    primary.configure("synchronous_standby_names", CommitGate.APPLICATION_NAME);
    await(
        "setting", () -> query(primary, "SHOW synchronous_standby_names").equals("farshore_gate"));
  }

  @AfterEach
  void stop() {
    primary.kill();
    clients.close();
  }

  @Test
  void commits_are_acknowledged_while_the_lease_is_valid() throws SQLException {
    try (CommitGate gate = open()) {
      for (int i = 0; i < 200; i++) {
        insert();
      }
      assertThat(gate.status().open()).isTrue();
      assertThat(gate.status().confirmed()).isGreaterThan(io.farshore.kernel.Lsn.ZERO);
    }
    assertThat(query(primary, "SELECT count(*) FROM t")).isEqualTo("200");
  }

  @Test
  void without_a_valid_lease_none_is_acknowledged_not_even_in_an_open_session() throws Exception {
    try (CommitGate gate = open()) {
      insert();
      leaseValid.set(false);
      CompletableFuture<Void> commit = insertLater();
      await("waiting", () -> query(primary, WAITING).equals("1"));
      await("log seen", () -> gate.status().received().isAfter(gate.status().confirmed()));
      assertThat(commit).isNotDone();
      assertThat(gate.status().open()).isFalse();

      leaseValid.set(true);

      commit.join();
    }
  }

  @Test
  void a_burst_of_clients_loses_every_acknowledgement_the_moment_the_lease_ends() {
    AtomicInteger acknowledged = new AtomicInteger();
    try (CommitGate gate = open()) {
      for (int i = 0; i < 8; i++) {
        clients.execute(() -> insertUntilRefused(acknowledged));
      }
      await("traffic", () -> acknowledged.get() > 200);
      leaseValid.set(false);
      await("all wait", () -> query(primary, WAITING).equals("8"));
      int before = acknowledged.get();
      await("withheld", () -> !gate.status().open());
      for (int i = 0; i < 20; i++) {
        await("still all wait", () -> query(primary, WAITING).equals("8"));
      }
      assertThat(acknowledged).hasValue(before);
    }
  }

  @Test
  void a_dead_gate_makes_commits_wait_and_a_new_one_lets_them_go() {
    open().close();
    CompletableFuture<Void> commit = insertLater();
    await("waiting", () -> query(primary, WAITING).equals("1"));
    assertThat(commit).isNotDone();
    try (CommitGate again = open()) {
      commit.join();
      assertThat(again.status().connected()).isTrue();
    }
  }

  @Test
  void a_gate_comes_back_after_a_restart_of_the_primary() throws Exception {
    try (CommitGate gate = open()) {
      insert();
      primary.kill();
      await("loss noticed", () -> !gate.status().connected());
      await("reason", () -> PostgresErrors.UNREACHABLE.equals(gate.status().lastError()));
      primary.start();
      session = primary.connect("postgres");
      insert();
      assertThat(gate.status().connected()).isTrue();
    }
  }

  @Test
  void a_lease_that_cannot_be_asked_counts_as_none() {
    try (CommitGate gate =
        CommitGate.open(
            endpoint(primary),
            () -> {
              throw new IllegalStateException("clock broken");
            })) {
      CompletableFuture<Void> commit = insertLater();
      await("waiting", () -> query(primary, WAITING).equals("1"));
      await("connected", () -> gate.status().connected());
      assertThat(commit).isNotDone();
    }
  }

  @Test
  void a_gate_keeps_no_log_on_the_primary() throws SQLException {
    try (CommitGate gate = open()) {
      insert();
      assertThat(gate.status().connected()).isTrue();
      assertThat(query(primary, "SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
    }
  }

  @Test
  void a_cancelled_wait_is_committed_here_with_a_warning_as_documented() throws Exception {
    leaseValid.set(false);
    try (CommitGate gate = open();
        Statement statement = session.createStatement()) {
      CompletableFuture<Void> commit =
          CompletableFuture.runAsync(() -> execute(statement), clients);
      await("waiting", () -> query(primary, WAITING).equals("1"));
      primary.execute(
          "postgres",
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
      commit.join();
      assertThat(statement.getWarnings().getMessage()).contains("synchronous replication");
      assertThat(gate.status().open()).isFalse();
    }
  }

  private CommitGate open() {
    return CommitGate.open(endpoint(primary), leaseValid::get);
  }

  private void insert() throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("INSERT INTO t VALUES (1)");
    }
  }

  private CompletableFuture<Void> insertLater() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            insert();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        clients);
  }

  private static void execute(Statement statement) {
    try {
      statement.execute("INSERT INTO t VALUES (1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insertUntilRefused(AtomicInteger acknowledged) {
    try (Connection own = primary.connect("postgres");
        Statement statement = own.createStatement()) {
      while (true) {
        statement.execute("INSERT INTO t VALUES (1)");
        acknowledged.incrementAndGet();
      }
    } catch (SQLException refused) {
      // the server is killed at the end
    }
  }
}
