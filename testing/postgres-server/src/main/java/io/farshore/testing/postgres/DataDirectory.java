package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a cluster, as far as they say how its server behaves. */
final class DataDirectory {
  private static final String SETTINGS = "farshore.conf";

  private final Path path;

  DataDirectory(Path path) {
    this.path = path;
  }

  boolean holdsCluster() {
    return Files.exists(path.resolve("PG_VERSION"));
  }

  /**
   * Writes settings to a file of our own that {@code postgresql.conf} includes last; what {@code
   * ALTER SYSTEM} set still wins.
   */
  void writeSettings(Map<String, String> settings) throws IOException {
    Path main = path.resolve("postgresql.conf");
    String include = "include_if_exists '" + SETTINGS + "'";
    if (!Files.readString(main).contains(include)) {
      Files.writeString(main, "\n" + include + "\n", StandardOpenOption.APPEND);
    }
    String lines =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + " = '" + entry.getValue().replace("'", "''") + "'\n")
            .collect(Collectors.joining());
    Files.writeString(path.resolve(SETTINGS), lines);
  }

  /** Passwords always, loopback only; the caller's lines come first. */
  void writeAuthentication(List<String> firstLines) throws IOException {
    List<String> lines = new ArrayList<>(firstLines);
    lines.add("host all         all 127.0.0.1/32 scram-sha-256");
    lines.add("host replication all 127.0.0.1/32 scram-sha-256");
    Files.write(path.resolve("pg_hba.conf"), lines);
  }

  /** PostgreSQL takes a zombie for a running server; we know better. */
  void forgetKilledServer() throws IOException {
    Path file = path.resolve("postmaster.pid");
    if (Files.exists(file)
        && !ProcessTree.isRunning(Long.parseLong(Files.readAllLines(file).getFirst().strip()))) {
      Files.delete(file);
    }
  }
}
