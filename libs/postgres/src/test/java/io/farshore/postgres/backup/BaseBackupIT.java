package io.farshore.postgres.backup;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.TestServers;
import io.farshore.testing.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseBackupIT {
  @TempDir Path directory;
  private PostgresServer primary;

  @BeforeEach
  void start() {
    primary = TestServers.primary(directory.resolve("primary")).start();
    primary.execute(
        "postgres",
        "CREATE TABLE payments AS SELECT i, repeat('x', 500) note FROM generate_series(1, 20000) i");
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  @Test
  void every_file_arrives_with_the_digest_the_server_says_it_has() {
    Recorder recorder = new Recorder();

    BaseBackupResult result =
        BaseBackup.copy(endpoint(primary), BaseBackupOptions.labelled("it's a test"), recorder);

    assertThat(result.stop().lsn()).isGreaterThan(result.start().lsn());
    assertThat(result.start().timeline().id()).isEqualTo(1);
    assertThat(result.bytes()).isGreaterThan(20_000_000);
    Matcher files =
        Pattern.compile("\"Path\": \"([^\"]+)\", \"Size\": (\\d+),.*?\"Checksum\": \"([0-9a-f]+)\"")
            .matcher(recorder.manifest);
    int compared = 0;
    while (files.find()) {
      assertThat(recorder.digests).containsEntry(files.group(1), files.group(3));
      compared++;
    }
    assertThat(compared).isGreaterThan(900);
    assertThat(recorder.digests).containsKey("backup_label").containsKey("global/pg_control");
    assertThat(recorder.digests.keySet()).noneMatch(name -> name.startsWith("pg_wal/0000"));
  }

  @Test
  void a_copy_starts_with_the_same_rows_and_tablespaces() throws Exception {
    Path space = Files.createDirectory(directory.resolve("space"));
    primary.execute(
        "postgres",
        "CREATE TABLESPACE fast LOCATION '" + space + "'",
        "CREATE TABLE in_space TABLESPACE fast AS SELECT generate_series(1, 7) i");

    BaseBackupToDirectory.write(endpoint(primary), directory.resolve("copy"));

    primary.execute("postgres", "INSERT INTO in_space VALUES (8)");
    try (PostgresServer copy = TestServers.primary(directory.resolve("copy")).start()) {
      assertThat(query(copy, "SELECT count(*) FROM payments")).isEqualTo("20000");
      assertThat(query(copy, "SELECT count(*) FROM in_space")).isEqualTo("7");
    }
  }

  @Test
  void a_standby_follows_and_survives_a_restart_of_both() throws Exception {
    try (PostgresServer standby =
        TestServers.standby(primary, directory.resolve("standby"), "eu-west")) {
      primary.execute("postgres", "CREATE TABLE later AS SELECT 42 AS answer");
      await("replay", () -> query(standby, "SELECT answer FROM later").equals("42"));
      assertThat(query(primary, "SELECT application_name FROM pg_stat_replication"))
          .isEqualTo("eu-west");
      assertThat(
              query(primary, "SELECT active FROM pg_replication_slots WHERE slot_name='eu_west'"))
          .isEqualTo("t");
      standby.kill();
      primary.execute("postgres", "INSERT INTO later VALUES (43)");
      standby.start();
      await("replay", () -> query(standby, "SELECT count(*) FROM later").equals("2"));
    }
  }

  @Test
  void a_directory_with_something_in_it_is_refused_and_untouched() throws Exception {
    Path occupied = Files.createDirectory(directory.resolve("occupied"));
    Files.writeString(occupied.resolve("PG_VERSION"), "18");

    FarshoreException refused =
        catchThrowableOfType(
            FarshoreException.class,
            () -> BaseBackupToDirectory.write(endpoint(primary), occupied));

    assertThat(refused.code()).isEqualTo(PostgresErrors.SINK_FAILED);
    assertThat(occupied).isDirectoryContaining(path -> path.endsWith("PG_VERSION"));
    assertThat(occupied.toFile().list()).hasSize(1);
  }

  @Test
  void a_server_killed_in_the_middle_ends_the_backup_with_a_failure() {
    AtomicInteger entries = new AtomicInteger();
    Recorder killer =
        new Recorder() {
          @Override
          public void entry(BackupEntry entry, InputStream content) throws IOException {
            if (entries.incrementAndGet() == 50) {
              primary.kill();
            }
            super.entry(entry, content);
          }
        };

    FarshoreException broken =
        catchThrowableOfType(
            FarshoreException.class,
            () -> BaseBackup.copy(endpoint(primary), BaseBackupOptions.labelled("doomed"), killer));

    assertThat(broken.code()).isEqualTo(PostgresErrors.UNREACHABLE);
    assertThat(killer.manifest).isEmpty();
  }

  @Test
  void a_sink_without_room_ends_the_backup_and_frees_the_server() {
    Recorder full =
        new Recorder() {
          @Override
          public void entry(BackupEntry entry, InputStream content) throws IOException {
            if (entry.name().startsWith("base/1/")) {
              throw new IOException("No space left on device");
            }
            super.entry(entry, content);
          }
        };

    FarshoreException refused =
        catchThrowableOfType(
            FarshoreException.class,
            () -> BaseBackup.copy(endpoint(primary), BaseBackupOptions.labelled("full"), full));

    assertThat(refused.code()).isEqualTo(PostgresErrors.SINK_FAILED);
    await(
        "no walsender left",
        () -> query(primary, "SELECT count(*) FROM pg_stat_replication").equals("0"));
  }

  @Test
  void archives_can_be_skipped_and_the_end_still_read() {
    try (BaseBackup backup =
        BaseBackup.start(endpoint(primary), BaseBackupOptions.labelled("skip"))) {
      BackupArchive first = backup.nextArchive().orElseThrow();
      assertThat(first.name()).isEqualTo("base.tar");
      BackupArchive second = backup.nextArchive().orElseThrow();
      assertThat(second.manifest()).isTrue();
      assertThat(backup.nextArchive()).isEmpty();
      assertThat(backup.finish()).isEqualTo(backup.finish());
    }
  }

  @Test
  void a_role_without_replication_is_refused() {
    primary.execute("postgres", "CREATE ROLE plain LOGIN PASSWORD 'plain'");
    assertThatThrownBy(
            () ->
                BaseBackup.start(
                        PostgresEndpoint.of(
                            "127.0.0.1", primary.port(), "postgres", "plain", "plain"),
                        BaseBackupOptions.labelled("no"))
                    .close())
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code()).isEqualTo(PostgresErrors.PERMISSION_DENIED));
  }

  /** Keeps digests, not content. */
  private static class Recorder implements BackupSink {
    final TreeMap<String, String> digests = new TreeMap<>();
    final List<Tablespace> tablespaces = new ArrayList<>();
    String manifest = "";

    @Override
    public void begin(BaseBackupStart start) {
      tablespaces.addAll(start.tablespaces());
    }

    @Override
    public void entry(BackupEntry entry, InputStream content) throws IOException {
      if (entry.kind() == BackupEntry.Kind.FILE) {
        byte[] bytes = content.readAllBytes();
        assertThat(bytes.length).isEqualTo(entry.size());
        digests.put(entry.name(), sha256(bytes));
      }
    }

    @Override
    public void manifest(InputStream content) throws IOException {
      manifest = new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}
