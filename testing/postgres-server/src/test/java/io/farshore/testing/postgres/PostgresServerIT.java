package io.farshore.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
  @TempDir Path directory;

  @Test
  void a_new_cluster_asks_for_its_password_and_takes_settings() throws SQLException {
    try (PostgresServer server =
        builder("db").password("it's secret").setting("wal_level", "logical").start()) {
      assertThat(query(server, "SHOW wal_level")).isEqualTo("logical");
      assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> server.connect("postgres", "postgres", "wrong").close())
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void two_clusters_from_one_template_have_identities_of_their_own() throws SQLException {
    String identity = "SELECT system_identifier FROM pg_control_system()";
    try (PostgresServer one = builder("one").start();
        PostgresServer two = builder("two").start()) {
      assertThat(query(one, identity)).isNotEqualTo(query(two, identity));
    }
  }

  @Test
  void committed_rows_survive_stop_kill_and_a_new_owner_of_the_directory() throws SQLException {
    try (PostgresServer server = builder("db").start()) {
      server.execute("postgres", "CREATE TABLE t (i int)", "INSERT INTO t VALUES (1)");
      server.stop(StopMode.IMMEDIATE);
      assertThat(server.isRunning()).isFalse();
      server.start();
      server.execute("postgres", "INSERT INTO t VALUES (2)");
      List<Long> members = ProcessTree.members(server.pid());
      assertThat(members).hasSizeGreaterThan(4);
      server.kill();
      assertThat(members).noneMatch(ProcessTree::isRunning);
    }
    try (PostgresServer again = builder("db").start()) {
      assertThat(query(again, "SELECT count(*) FROM t")).isEqualTo("2");
    }
  }

  @Test
  void a_paused_server_answers_nothing_until_resumed() throws Exception {
    try (PostgresServer server = builder("db").start()) {
      server.pause();
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 5_000);
        socket.setSoTimeout(300);
        byte[] sslRequest = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
        socket.getOutputStream().write(sslRequest);
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        server.resume();
        socket.setSoTimeout(30_000);
        assertThat(socket.getInputStream().read()).isEqualTo('N');
      }
    }
  }

  @Test
  void a_changed_setting_takes_effect_without_restart() throws Exception {
    try (PostgresServer server = builder("db").start()) {
      server.configure("work_mem", "7MB");
      awaitTrue(() -> query(server, "SHOW work_mem").equals("7MB"));
    }
  }

  @Test
  void a_setting_the_server_refuses_ends_the_start_with_its_log() {
    assertThatThrownBy(() -> builder("db").setting("wal_level", "nonsense").start())
        .isInstanceOf(PostgresServerException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void several_at_once_share_one_unpacking_and_one_template() throws Exception {
    Path cache = directory.resolve("cache");
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Boolean>> starts =
          threads
              .invokeAll(
                  List.<Callable<Boolean>>of(
                      () -> startsAndStops(cache, "a"),
                      () -> startsAndStops(cache, "b"),
                      () -> startsAndStops(cache, "c")))
              .stream()
              .toList();
      for (Future<Boolean> start : starts) {
        assertThat(start.get()).isTrue();
      }
    }
  }

  @Test
  void the_server_dies_with_the_virtual_machine_that_started_it() throws Exception {
    Path log = directory.resolve("starter.log");
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartAndHang.class.getName(),
                directory.resolve("db").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitTrue(() -> Files.readString(log).contains("pid=") || !starter.isAlive());
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(output).contains("pid=");
    long pid = Long.parseLong(output.replaceAll("(?s).*pid=(\\d+)\\..*", "$1"));
    List<Long> members = ProcessTree.members(pid);
    assertThat(members).hasSizeGreaterThan(4);

    starter.destroyForcibly().waitFor();

    awaitTrue(() -> members.stream().noneMatch(ProcessTree::isRunning));
  }

  @Test
  @EnabledIfSystemProperty(named = "user.name", matches = "root")
  void root_without_user_namespaces_runs_it_as_nobody() throws Exception {
    Path open = Files.createTempDirectory(Path.of("/var/tmp"), "farshore-nobody");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    try (PostgresServer server =
        PostgresServer.builder(open.resolve("db"))
            .cache(open.resolve("cache"))
            .launch(UnprivilegedLaunch.NOBODY)
            .start()) {
      assertThat(Files.getOwner(Path.of("/proc/" + server.pid())).getName()).isEqualTo("nobody");
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    } finally {
      FileTrees.delete(open);
    }
  }

  private boolean startsAndStops(Path cache, String name) throws SQLException {
    try (PostgresServer server = builder(name).cache(cache).start()) {
      return query(server, "SELECT 1").equals("1");
    }
  }

  private PostgresServer.Builder builder(String name) {
    return PostgresServer.builder(directory.resolve(name)).setting("fsync", "off");
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void awaitTrue(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - deadline).as("nanoseconds past the deadline").isNegative();
      Thread.sleep(20);
    }
  }

  /** Started as a program of its own, to be killed. */
  static final class StartAndHang {
    public static void main(String[] args) throws IOException {
      PostgresServer server = PostgresServer.builder(Path.of(args[0])).start();
      IO.println("pid=" + server.pid() + ".");
      System.in.read();
    }
  }
}
