package io.farshore.postgres.fence;

import static io.farshore.postgres.TestServers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.postgres.TestServers;
import io.farshore.postgres.status.DatabaseProbe;
import io.farshore.postgres.status.DatabaseStatus;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
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

  private static boolean fenced(PostgresServer server) {
    return ((DatabaseStatus.Primary) DatabaseProbe.probe(endpoint(server))).fenced();
  }

  private static void insert(PostgresServer server) throws Exception {
    try (Connection client = server.connect("postgres", "app", "app")) {
      client.createStatement().execute("INSERT INTO t VALUES (1)");
    }
  }
}
