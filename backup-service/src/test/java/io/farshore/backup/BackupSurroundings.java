package io.farshore.backup;

import io.farshore.testing.postgres.PostgresServer;
import io.farshore.vault.key.KeyFiles;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application's database, which also holds the service's index, two copies and their keys. */
public class BackupSurroundings implements QuarkusTestResourceLifecycleManager {
  private static @Nullable PostgresServer database;
  private static @Nullable Path directory;

  private boolean indexAway;

  static PostgresServer database() {
    return Objects.requireNonNull(database);
  }

  static Path directory() {
    return Objects.requireNonNull(directory);
  }

  /** With {@code index=away}, the index is said to be where nobody listens. */
  @Override
  public void init(Map<String, String> arguments) {
    indexAway = "away".equals(arguments.get("index"));
  }

  @Override
  public Map<String, String> start() {
    try {
      Path created = Files.createTempDirectory("farshore-backup");
      directory = created;
      PostgresServer server = TestDatabase.primary(created.resolve("database"));
      database = server;
      server.execute("postgres", "CREATE DATABASE farshore");
      KeyFiles.generateRepositoryKey(created.resolve("vault.key"), new SecureRandom());
      KeyFiles.generateSigningKey(created.resolve("signing.key"), new SecureRandom());
      Map<String, String> properties = new HashMap<>();
      properties.put("farshore.vault.key-file", created.resolve("vault.key").toString());
      properties.put("farshore.vault.signing-key-file", created.resolve("signing.key").toString());
      for (String copy : new String[] {"us-east", "eu-west"}) {
        String prefix = "farshore.vault.copies." + copy + ".";
        properties.put(prefix + "path", created.resolve("vault-" + copy).toString());
        properties.put(prefix + "region", copy);
      }
      properties.put("farshore.restore.root", created.resolve("restored").toString());
      String ledger = "farshore.application-database.ledger.";
      properties.put(ledger + "jdbc-url", server.jdbcUrl("ledger"));
      properties.put(ledger + "username", TestDatabase.USER);
      properties.put(ledger + "password", TestDatabase.PASSWORD);
      properties.put(
          "quarkus.datasource.jdbc.url",
          indexAway ? "jdbc:postgresql://127.0.0.1:1/away" : server.jdbcUrl("farshore"));
      properties.put("quarkus.datasource.username", server.superuser());
      properties.put("quarkus.datasource.password", server.password());
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
    if (directory != null) {
      TestDatabase.deleteTree(directory);
    }
  }
}
