package io.farshore.postgres.fence;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.postgres.TestServers;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.DatabaseStatus;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFenceIT {
  @TempDir Path directory;

  @Test
  void sessions_end_new_ones_only_read_and_unfencing_lets_them_write() throws Exception {
    try (PostgresServer server = TestServers.primary(directory.resolve("db")).start()) {
      server.execute(
          "postgres",
          "CREATE TABLE t (i int)",
          "CREATE ROLE app LOGIN PASSWORD 'app'",
          "CREATE ROLE watcher LOGIN PASSWORD 'watcher'",
          "GRANT ALL ON t TO app");
      try (Connection client = server.connect("postgres", "app", "app");
          Connection watcher = server.connect("postgres", "watcher", "watcher")) {
        assertThat(SessionFence.fence(endpoint(server), Set.of("watcher"))).isEqualTo(1);
        assertThat(SessionFence.fence(endpoint(server), Set.of("watcher"))).isZero();

        assertThat(client.isValid(5)).isFalse();
        assertThat(watcher.isValid(5)).isTrue();
        assertThatThrownBy(() -> insert(server)).hasMessageContaining("read-only transaction");
        assertThat(fenced(server)).isTrue();
        server.kill();
        server.start();
        assertThatThrownBy(() -> insert(server)).hasMessageContaining("read-only transaction");

        SessionFence.unfence(endpoint(server));
        SessionFence.unfence(endpoint(server));
        insert(server);
        assertThat(fenced(server)).isFalse();
      }
    }
  }

  @Test
  void a_server_whose_commits_wait_for_a_dead_gate_can_be_fenced() throws Exception {
    try (PostgresServer server = TestServers.primary(directory.resolve("db")).start()) {
      server.execute("postgres", "CREATE TABLE t (i int)");
      server.configure("synchronous_standby_names", "farshore_gate");
      CompletableFuture<Void> commit =
          CompletableFuture.runAsync(() -> server.execute("postgres", "INSERT INTO t VALUES (1)"));
      String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
      await("waiting", () -> query(server, waiting).equals("1"));

      assertThat(SessionFence.fence(endpoint(server), Set.of())).isEqualTo(1);

      assertThatThrownBy(commit::join).hasMessageContaining("statement failed");
      assertThat(fenced(server)).isTrue();
      server.kill();
    }
  }

  private static boolean fenced(PostgresServer server) {
    return ((DatabaseStatus.Primary) DatabaseProbe.probe(endpoint(server))).fenced();
  }

  private static void insert(PostgresServer server) throws Exception {
    try (Connection client = server.connect("postgres", "app", "app")) {
      client.createStatement().execute("INSERT INTO t VALUES (1)");
    }
  }
}
