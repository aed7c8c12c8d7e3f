package io.farshore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.testing.postgres.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEndpointIT {
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(500));

  @TempDir Path directory;

  @Test
  void a_wrong_password_is_told_and_shown_nowhere() {
    try (PostgresServer server = TestServers.primary(directory.resolve("db")).start()) {
      FarshoreException refused =
          failure(
              PostgresEndpoint.of("127.0.0.1", server.port(), "postgres", "postgres", "hunter2"));
      assertThat(refused.code()).isEqualTo(PostgresErrors.LOGIN_REFUSED);
      assertThat(trace(refused) + refused.describe()).doesNotContain("hunter2");
    }
  }

  @Test
  void nobody_listening_is_unreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(failure(somebody(port)).code()).isEqualTo(PostgresErrors.UNREACHABLE);
  }

  @Test
  void somebody_who_accepts_and_says_nothing_is_unreachable_in_time() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(failure(somebody(mute.getLocalPort())).code())
          .isEqualTo(PostgresErrors.UNREACHABLE);
    }
  }

  @Test
  void a_paused_server_breaks_an_open_replication_session_in_time() {
    try (PostgresServer server = TestServers.primary(directory.resolve("db")).start();
        ReplicationConnection connection =
            ReplicationConnection.open(
                TestServers.endpoint(server).withTimeouts(SHORT),
                ReplicationConnection.Mode.PHYSICAL)) {
      server.pause();
      FarshoreException silent =
          catchThrowableOfType(FarshoreException.class, () -> connection.query("IDENTIFY_SYSTEM"));
      assertThat(silent.code()).isEqualTo(PostgresErrors.UNREACHABLE);
      server.resume();
    }
  }

  private static PostgresEndpoint somebody(int port) {
    return PostgresEndpoint.of("127.0.0.1", port, "postgres", "postgres", "pw").withTimeouts(SHORT);
  }

  private static FarshoreException failure(PostgresEndpoint endpoint) {
    return catchThrowableOfType(FarshoreException.class, () -> endpoint.connect().close());
  }

  private static String trace(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
