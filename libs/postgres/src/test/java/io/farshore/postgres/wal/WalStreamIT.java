package io.farshore.postgres.wal;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.TestServers;
import io.farshore.postgres.Timeouts;
import io.farshore.testing.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalStreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private PostgresServer primary;

  @BeforeEach
  void start() {
    primary = TestServers.primary(directory.resolve("primary")).start();
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  @Test
  void segments_written_here_are_the_servers_own_byte_for_byte() throws IOException {
    Path archive = Files.createDirectory(directory.resolve("archive"));
    PhysicalSlots.create(endpoint(primary), "archive");
    ReplicationPosition from = startOfSegment(WalStream.position(endpoint(primary)));
    for (int i = 0; i < 3; i++) {
      primary.execute(
          "postgres",
          "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 3000000))",
          "SELECT pg_switch_wal()");
    }
    primary.execute("postgres", "CREATE TABLE t AS SELECT 1 AS i");
    Lsn target = WalStream.position(endpoint(primary)).lsn();

    store(from, target, archive);

    for (Path segment : completeSegments(archive)) {
      Path own = primary.dataDirectory().resolve("pg_wal").resolve(segment.getFileName());
      assertThat(Files.mismatch(segment, own)).isEqualTo(-1);
    }
    assertThat(completeSegments(archive)).hasSizeGreaterThanOrEqualTo(3);
    Path partial = archive.resolve(name(target).fileName() + ".partial");
    byte[] mine = Files.readAllBytes(partial);
    byte[] own =
        Files.readAllBytes(primary.dataDirectory().resolve("pg_wal/" + name(target).fileName()));
    int length = (int) target.bytesSince(name(target).start());
    assertThat(Arrays.copyOf(mine, length)).isEqualTo(Arrays.copyOf(own, length));
  }

  @Test
  void the_slot_moves_only_when_told_that_log_is_safe() {
    PhysicalSlots.create(endpoint(primary), "keeper");
    PhysicalSlots.create(endpoint(primary), "keeper"); // again: nothing happens
    ReplicationPosition from = WalStream.position(endpoint(primary));
    String restart = "SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = 'keeper'";
    try (WalStream stream =
        WalStream.open(endpoint(primary), new WalStreamOptions(from, "keeper"))) {
      primary.execute("postgres", "CREATE TABLE t AS SELECT 1 AS i");
      Lsn target = WalStream.position(endpoint(primary)).lsn();
      readTo(stream, target);
      await("not moved", () -> !Lsn.parse(query(primary, restart)).isAfter(from.lsn()));
      stream.flushed(target);
      await("moved", () -> Lsn.parse(query(primary, restart)).equals(target));
    }
    PhysicalSlots.drop(endpoint(primary), "keeper");
    PhysicalSlots.drop(endpoint(primary), "keeper");
  }

  @Test
  void log_that_is_gone_is_told_apart_from_a_broken_connection() {
    ReplicationPosition old = startOfSegment(WalStream.position(endpoint(primary)));
    for (int i = 0; i < 4; i++) {
      primary.execute(
          "postgres",
          "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 3000000))",
          "SELECT pg_switch_wal()",
          "CHECKPOINT");
    }
    await(
        "removal",
        () -> {
          primary.execute("postgres", "SELECT pg_switch_wal()", "CHECKPOINT");
          return !Files.exists(
              primary.dataDirectory().resolve("pg_wal/" + name(old.lsn()).fileName()));
        });
    FarshoreException gone = failure(old);
    assertThat(gone.code()).isEqualTo(PostgresErrors.WAL_REMOVED);
  }

  @Test
  void a_killed_server_breaks_the_stream_and_a_frozen_one_does_so_in_time() {
    PostgresEndpoint impatient =
        endpoint(primary).withTimeouts(new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(800)));
    ReplicationPosition from = WalStream.position(impatient);
    try (WalStream stream = WalStream.open(impatient, new WalStreamOptions(from, null))) {
      primary.pause();
      assertThat(failure(stream).code()).isEqualTo(PostgresErrors.UNREACHABLE);
      primary.resume();
    }
    try (WalStream stream = WalStream.open(impatient, new WalStreamOptions(from, null))) {
      primary.kill();
      assertThat(failure(stream).code()).isEqualTo(PostgresErrors.UNREACHABLE);
    }
  }

  @Test
  void a_quiet_server_is_not_a_lost_one() {
    PostgresEndpoint impatient =
        endpoint(primary).withTimeouts(new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400)));
    try (WalStream stream =
        WalStream.open(impatient, new WalStreamOptions(WalStream.position(impatient), null))) {
      long signs = 0;
      for (int i = 0; i < 20; i++) {
        signs +=
            stream
                .next(Duration.ofMillis(200))
                .filter(message -> message instanceof WalMessage.KeepAlive)
                .stream()
                .count();
      }
      assertThat(signs).isPositive();
    }
  }

  @Test
  void the_end_of_a_timeline_says_where_history_goes_on() throws Exception {
    try (PostgresServer standby =
        TestServers.standby(primary, directory.resolve("standby"), "eu-west")) {
      ReplicationPosition from = WalStream.position(endpoint(standby));
      try (WalStream stream = WalStream.open(endpoint(standby), new WalStreamOptions(from, null))) {
        primary.execute("postgres", "CREATE TABLE t AS SELECT 1 AS i");
        await("replay", () -> query(standby, "SELECT count(*) FROM t").equals("1"));
        standby.execute("postgres", "SELECT pg_promote()");
        WalMessage.TimelineEnded ended = readToEnd(stream);
        assertThat(ended.next().timeline()).isEqualTo(new Timeline(2));
        assertThat(ended.next().lsn()).isGreaterThanOrEqualTo(from.lsn());
      }
    }
  }

  @Test
  void a_full_disk_is_an_error_and_what_was_synced_stays() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", small.toString()),
        "needs the right to mount");
    try {
      ReplicationPosition from = startOfSegment(WalStream.position(endpoint(primary)));
      primary.execute(
          "postgres", "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 40000000))");
      Lsn target = WalStream.position(endpoint(primary)).lsn();
      IOException full = catchThrowableOfType(IOException.class, () -> store(from, target, small));
      assertThat(full).hasMessageContaining("No space left");
      Path first = small.resolve(name(from.lsn()).fileName());
      Path own = primary.dataDirectory().resolve("pg_wal").resolve(first.getFileName());
      assertThat(Files.mismatch(first, own)).isEqualTo(-1);
    } finally {
      run("umount", small.toString());
    }
  }

  private void store(ReplicationPosition from, Lsn target, Path archive) throws IOException {
    try (WalStream stream = WalStream.open(endpoint(primary), new WalStreamOptions(from, null));
        WalSegmentWriter writer =
            new WalSegmentWriter(
                archive,
                from.timeline(),
                WalStream.segmentBytes(endpoint(primary)),
                complete -> assertThat(complete).exists())) {
      while (target.isAfter(stream.received())) {
        if (stream.next(PATIENCE).orElseThrow() instanceof WalMessage.Data data) {
          writer.write(data.start(), data.bytes());
        }
      }
      assertThat(writer.sync()).isGreaterThanOrEqualTo(target);
    }
  }

  private static void readTo(WalStream stream, Lsn target) {
    while (target.isAfter(stream.received())) {
      assertThat(stream.next(PATIENCE)).isPresent();
    }
  }

  private static WalMessage.TimelineEnded readToEnd(WalStream stream) {
    while (true) {
      if (stream.next(PATIENCE).orElseThrow() instanceof WalMessage.TimelineEnded ended) {
        return ended;
      }
    }
  }

  private static FarshoreException failure(WalStream stream) {
    return catchThrowableOfType(
        FarshoreException.class,
        () -> {
          for (int i = 0; i < 1_000; i++) {
            var ignored = stream.next(Duration.ofMillis(100));
          }
        });
  }

  private FarshoreException failure(ReplicationPosition from) {
    return catchThrowableOfType(
        FarshoreException.class,
        () -> {
          try (WalStream stream =
              WalStream.open(endpoint(primary), new WalStreamOptions(from, null))) {
            var ignored = stream.next(PATIENCE);
          }
        });
  }

  private static ReplicationPosition startOfSegment(ReplicationPosition position) {
    return new ReplicationPosition(position.timeline(), name(position.lsn()).start());
  }

  private static WalSegmentName name(Lsn lsn) {
    return WalSegmentName.holding(new Timeline(1), lsn, WalSegmentName.DEFAULT_SEGMENT_BYTES);
  }

  private static List<Path> completeSegments(Path archive) throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      return files.filter(file -> !file.toString().endsWith(".partial")).toList();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
