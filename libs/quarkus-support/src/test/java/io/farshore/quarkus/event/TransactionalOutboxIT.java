package io.farshore.quarkus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.RegionId;
import io.farshore.testing.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@NullUnmarked
class TransactionalOutboxIT extends OutboxContract {
  private static final String TYPE = "io.farshore.backup.backup-run.started.v1";

  @TempDir static Path directory;
  private static PostgresServer server;

  private final EventEnvelopes envelopes =
      new EventEnvelopes(
          new RegionId("us-east"),
          "backup-service",
          Clock.systemUTC(),
          IdGenerator.timeOrdered(Clock.systemUTC()),
          Optional::empty);

  @BeforeAll
  static void start() {
    server = PostgresServer.builder(directory.resolve("pg")).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl("postgres"));
    source.setUser(server.superuser());
    source.setPassword(server.password());
    return source;
  }

  private static String migration() throws IOException {
    try (InputStream sql =
        TransactionalOutbox.class.getResourceAsStream("/db/farshore/R__event_outbox.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  Outbox outbox() throws Exception {
    server.execute("postgres", migration(), migration(), "TRUNCATE event_outbox");
    return new TransactionalOutbox(dataSource(), envelopes);
  }

  @Override
  void append(Outbox outbox, String id) throws SQLException {
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      ((TransactionalOutbox) outbox)
          .append(connection, NewEvent.of(TYPE, "backup-runs/1", Map.of()).withId(id));
      connection.commit();
    }
  }

  @Override
  Outbox reopened(Outbox outbox) {
    return new TransactionalOutbox(dataSource(), envelopes);
  }

  @Test
  void aTransactionRolledBackTellsNothing() throws Exception {
    TransactionalOutbox outbox = (TransactionalOutbox) outbox();
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      outbox.append(connection, NewEvent.of(TYPE, "backup-runs/1", Map.of()));
      connection.rollback();
    }

    assertThat(drainAll(outbox)).isEmpty();
  }

  @Test
  void anIdIsStoredOnce() throws Exception {
    Outbox outbox = outbox();
    append(outbox, "same");
    append(outbox, "same");

    assertThat(drainAll(outbox)).containsExactly("same");
  }

  @Test
  void twoRelaysDoNotSendTheSameEvents() throws Exception {
    Outbox outbox = outbox();
    for (int i = 0; i < 10; i++) {
      append(outbox, "event-" + i);
    }
    Outbox other = reopened(outbox);
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    outbox.drain(
        5,
        mine -> {
          mine.forEach(event -> first.add(event.id()));
          other.drain(
              10,
              theirs -> {
                theirs.forEach(event -> second.add(event.id()));
                return theirs.size();
              });
          return mine.size();
        });

    assertThat(first).hasSize(5);
    assertThat(second).hasSize(5).doesNotContainAnyElementsOf(first);
    assertThat(drainAll(outbox)).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsSaidSo() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/postgres");
    Outbox outbox = new TransactionalOutbox(nowhere, envelopes);

    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> outbox.drain(1, List::size))
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventErrors.OUTBOX_UNREADABLE));
  }
}
