package io.farshore.ledger;

import io.farshore.testing.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for the ledger under test. */
public final class LedgerDatabase implements QuarkusTestResourceLifecycleManager {
  private static volatile @Nullable PostgresServer running;

  /** The running server, for tests that disturb it. */
  static PostgresServer server() {
    return Objects.requireNonNull(running, "the database was not started");
  }

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "ledger-database");
      running = PostgresServer.builder(directory.resolve("data")).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server()
        .execute(
            "postgres",
            "CREATE ROLE ledger LOGIN PASSWORD 'ledger-test'",
            "CREATE DATABASE ledger OWNER ledger");
    return Map.of(
        "quarkus.datasource.reactive.url",
        "postgresql://127.0.0.1:" + server().port() + "/ledger",
        "quarkus.datasource.username",
        "ledger",
        "quarkus.datasource.password",
        "ledger-test",
        "ledger.accounts",
        "10",
        "ledger.opening-balance",
        "1000",
        "ledger.transfer-timeout",
        "1S");
  }

  @Override
  public void stop() {
    server().close();
  }
}
