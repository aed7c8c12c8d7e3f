package io.farshore.backup.run.drivers;

import static io.farshore.backup.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.backup.TestDatabase;
import io.farshore.backup.run.DatabaseComponent;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testing.postgres.PostgresServer;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.recovery.RecoveryPreparation;
import io.farshore.vault.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresReaderIT {
  private static final DatabaseComponent LEDGER = DatabaseComponent.of(new ApplicationId("ledger"));

  @TempDir Path directory;
  private final SigningKey signer = SigningKey.ofSeed(new byte[32]);
  private final RecoveryPointId id = RecoveryPointId.of(UUID.randomUUID());
  private PostgresServer primary;
  private Repository repository;

  @BeforeEach
  void start() {
    primary = TestDatabase.primary(directory.resolve("primary"));
    repository =
        new Repository(
            List.of(copy("a"), copy("b")), RepositoryKey.of(new byte[32]), new SecureRandom());
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  @Test
  void a_restored_copy_has_exactly_the_rows_that_were_counted_under_full_traffic()
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    BackupResult made;
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        writers.execute(() -> TestDatabase.write(primary, stop));
      }
      await("traffic", () -> TestDatabase.transfers(primary) > 500);
      made = backUp(primary);
      stop.set(true);
    }
    Map<String, Long> counted = made.manifest().contents().rowCounts();
    assertThat(made.complete()).isTrue();
    assertThat(counted).containsEntry("ledger.public.account", 5_000L);
    assertThat(counted.get("ledger.public.transfer")).isGreaterThan(500L);

    Path restored = restore();

    try (PostgresServer copy = TestDatabase.builder(restored).start()) {
      await(
          "its promotion",
          () -> TestDatabase.query(copy, "SELECT pg_is_in_recovery()").equals("f"));
      assertThat(TestDatabase.counts(copy)).isEqualTo(counted);
      assertThat(TestDatabase.query(copy, "SHOW synchronous_standby_names")).isEmpty();
      assertThat(TestDatabase.query(copy, "SHOW archive_mode")).isEqualTo("off");
      copy.execute("ledger", "INSERT INTO transfer (note) VALUES ('a primary of its own')");
    }
    assertThat(TestDatabase.query(primary, "SELECT count(*) FROM pg_replication_slots"))
        .isEqualTo("0");
  }

  @Test
  void an_idle_server_can_be_backed_up_and_waits_for_nobody() throws Exception {
    primary.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'farshore_gate'");
    primary.execute("postgres", "SELECT pg_reload_conf()");
    BackupResult made = backUp(primary);
    try (PostgresServer copy = TestDatabase.builder(restore()).start()) {
      await(
          "its promotion",
          () -> TestDatabase.query(copy, "SELECT pg_is_in_recovery()").equals("f"));
      assertThat(TestDatabase.counts(copy)).isEqualTo(made.manifest().contents().rowCounts());
      copy.execute("ledger", "INSERT INTO transfer (note) VALUES ('commits without the gate')");
    }
  }

  @Test
  void a_standby_can_be_read_too_and_its_counts_are_unknown() throws Exception {
    PostgresEndpoint source =
        PostgresEndpoint.of(
            "127.0.0.1", primary.port(), "postgres", primary.superuser(), primary.password());
    Path directoryOfStandby = directory.resolve("standby");
    BaseBackupToDirectory.standby(
        source, directoryOfStandby, new StandbyOptions(source, "standby"));
    try (PostgresServer standby =
        TestDatabase.builder(directoryOfStandby)
            .setting("wal_level", "logical")
            .setting("max_wal_senders", "16")
            .setting("max_replication_slots", "16")
            .start()) {
      primary.execute("ledger", "INSERT INTO transfer (note) VALUES ('replicated')");
      await("replay", () -> TestDatabase.transfers(standby) == 1);
      BackupResult made = backUp(standby);
      assertThat(made.manifest().summary().countsLsn()).isNull();
      assertThat(made.manifest().summary().source().standby()).isTrue();
    }
    try (PostgresServer copy = TestDatabase.builder(restore()).start()) {
      await(
          "its promotion",
          () -> TestDatabase.query(copy, "SELECT pg_is_in_recovery()").equals("f"));
      assertThat(TestDatabase.counts(copy)).containsEntry("ledger.public.transfer", 1L);
      assertThat(TestDatabase.query(copy, "SHOW primary_conninfo")).isEmpty();
    }
    assertThat(Files.readString(directory.resolve("restored/postgresql.auto.conf")))
        .doesNotContain("password=");
  }

  @Test
  void a_database_with_tablespaces_is_refused_by_name() throws Exception {
    // Below the data directory's parent, which the server's user may write.
    Path elsewhere = Files.createDirectory(directory.resolve("primary/elsewhere"));
    primary.stop(io.farshore.testing.postgres.StopMode.FAST);
    primary.start(); // gives the new directory to the server's user
    primary.execute(
        "ledger",
        "SET allow_in_place_tablespaces = on",
        "CREATE TABLESPACE fast LOCATION '" + elsewhere + "'",
        "CREATE TABLE far (i int) TABLESPACE fast");
    assertThatThrownBy(() -> backUp(primary))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code().value()).isEqualTo("tablespaces-unsupported"));
    assertThat(repository.list()).isEmpty();
  }

  private Path restore() {
    Path to = directory.resolve("restored");
    repository.restore(id, Optional.empty(), to, RecoveryPreparation.finisher(Optional.empty()));
    return to;
  }

  private BackupResult backUp(PostgresServer server) {
    PostgresEndpoint endpoint =
        PostgresEndpoint.ofJdbcUrl(
            server.jdbcUrl("ledger"), TestDatabase.USER, TestDatabase.PASSWORD);
    PostgresReader reader =
        new PostgresReader(
            Map.of(LEDGER, endpoint),
            new RegionId("us-east"),
            Duration.ofSeconds(30),
            Clock.systemUTC());
    try (BackupSession session = repository.begin(signer)) {
      return session.seal(reader.read(LEDGER, id, session));
    }
  }

  private Copy copy(String name) {
    return new Copy(name, new DirectoryCopyStore(directory.resolve("copy-" + name)), true);
  }
}
