package io.farshore.postgres.counts;

import static io.farshore.postgres.TestServers.await;
import static io.farshore.postgres.TestServers.endpoint;
import static io.farshore.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.TestServers;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCountsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TableName PAYMENTS = new TableName("public", "payments");
  private static final TableName ODD = new TableName("a \"b", "it's");

  @TempDir Path directory;
  private PostgresServer primary;

  @BeforeEach
  void start() {
    primary = TestServers.primary(directory.resolve("primary")).start();
    primary.execute(
        "postgres",
        "CREATE TABLE payments (i bigserial, note text)",
        "CREATE SCHEMA \"a \"\"b\"",
        "CREATE TABLE \"a \"\"b\".\"it's\" AS SELECT generate_series(1, 3)",
        "CREATE UNLOGGED TABLE passing AS SELECT 1");
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  @Test
  void a_server_recovered_to_the_position_has_exactly_these_rows_under_full_traffic()
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    List<RowCounts> taken = new ArrayList<>();
    List<Path> copies = new ArrayList<>();
    List<Future<?>> writing = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        writing.add(writers.submit(() -> write(stop, written)));
      }
      await("traffic", () -> written.get() > 300);
      for (int i = 0; i < 3; i++) {
        Path copy = directory.resolve("copy" + i);
        BaseBackupToDirectory.standby(
            endpoint(primary), copy, new StandbyOptions(endpoint(primary), "copy" + i));
        copies.add(copy);
        taken.add(RowCounts.take(endpoint(primary), Set.of(), PATIENCE).orElseThrow());
      }
      stop.set(true);
    }
    for (Future<?> writer : writing) {
      writer.get();
    }
    assertThat(taken.getFirst().counts().get(PAYMENTS))
        .isLessThan(taken.getLast().counts().get(PAYMENTS));
    for (int i = 0; i < 3; i++) {
      assertThat(recoveredTo(taken.get(i), copies.get(i)))
          .isEqualTo(taken.get(i).counts().get(PAYMENTS));
    }
  }

  @Test
  void all_permanent_tables_are_counted_whatever_their_names() {
    RowCounts counts = RowCounts.take(endpoint(primary), Set.of(), PATIENCE).orElseThrow();
    assertThat(counts.counts()).containsOnlyKeys(PAYMENTS, ODD).containsEntry(ODD, 3L);
    assertThat(counts.database()).isEqualTo("postgres");
    await(
        "no slot left",
        () -> query(primary, "SELECT count(*) FROM pg_replication_slots").equals("0"));
  }

  @Test
  void a_transaction_that_does_not_end_makes_it_absent_in_time_and_leaves_nothing()
      throws SQLException {
    try (Connection open = primary.connect("postgres")) {
      open.setAutoCommit(false);
      open.createStatement().execute("INSERT INTO payments (note) VALUES ('open')");
      assertThat(RowCounts.take(endpoint(primary), Set.of(), Duration.ofMillis(500))).isEmpty();
    }
    await(
        "no slot left",
        () -> query(primary, "SELECT count(*) FROM pg_replication_slots").equals("0"));
  }

  @Test
  void a_locked_table_makes_it_absent() throws SQLException {
    try (Connection open = primary.connect("postgres");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("LOCK TABLE payments IN ACCESS EXCLUSIVE MODE");
      assertThat(RowCounts.take(endpoint(primary), Set.of(PAYMENTS), Duration.ofMillis(500)))
          .isEmpty();
    }
  }

  @Test
  void a_table_truncated_since_the_snapshot_is_never_counted_as_empty() {
    primary.execute("postgres", "INSERT INTO payments (note) VALUES ('kept at the position')");
    try (SnapshotSession session = SnapshotSession.open(endpoint(primary), PATIENCE)) {
      assertThat(session.begin()).isPresent();
      primary.execute("postgres", "TRUNCATE payments");
      assertThat(session.count(Set.of(PAYMENTS))).isEmpty();
    }
  }

  @Test
  void a_missing_table_and_a_hidden_row_are_failures_not_zeros() {
    assertThat(failure(primary.superuser(), primary.password(), new TableName("public", "no")))
        .isEqualTo(PostgresErrors.STATEMENT_FAILED);
    primary.execute(
        "postgres",
        "CREATE ROLE backup LOGIN REPLICATION PASSWORD 'backup'",
        "GRANT pg_read_all_data TO backup",
        "ALTER TABLE payments ENABLE ROW LEVEL SECURITY");
    assertThat(failure("backup", "backup", PAYMENTS)).isEqualTo(PostgresErrors.PERMISSION_DENIED);
  }

  private Object failure(String user, String password, TableName table) {
    return catchThrowableOfType(
            FarshoreException.class,
            () ->
                RowCounts.take(
                    PostgresEndpoint.of("127.0.0.1", primary.port(), "postgres", user, password),
                    Set.of(table),
                    PATIENCE))
        .code();
  }

  private long recoveredTo(RowCounts counts, Path copy) throws SQLException {
    try (PostgresServer recovered =
        TestServers.primary(copy)
            .setting("recovery_target_lsn", counts.lsn().toString())
            .setting("recovery_target_inclusive", "off")
            .setting("recovery_target_action", "pause")
            .start()) {
      await(
          "the target",
          () -> query(recovered, "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
      return Long.parseLong(query(recovered, "SELECT count(*) FROM payments"));
    }
  }

  private void write(AtomicBoolean stop, AtomicLong written) {
    try (Connection connection = primary.connect("postgres");
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        statement.execute("INSERT INTO payments (note) SELECT 'x' FROM generate_series(1, 3)");
        written.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
