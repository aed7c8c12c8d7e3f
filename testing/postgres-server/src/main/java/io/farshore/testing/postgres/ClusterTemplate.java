package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A fresh cluster made once by {@code initdb}; new clusters are copies of it with their own system
 * identifier. Copying takes a tenth of the time.
 */
final class ClusterTemplate {
  /** Owner of every new cluster until its builder says otherwise. */
  static final String SUPERUSER = "postgres";

  /** Since this version the server has locales that do not depend on the machine's. */
  private static final int BUILTIN_LOCALES = 17;

  private final SecureRandom random = new SecureRandom();
  private final PostgresBinaries binaries;
  private final UnprivilegedLaunch launch;

  ClusterTemplate(PostgresBinaries binaries, UnprivilegedLaunch launch) {
    this.binaries = binaries;
    this.launch = launch;
  }

  /** Fills an empty or absent directory; answers the superuser's password. */
  String copyTo(Path dataDirectory) throws IOException {
    Path template = binaries.home().resolve("template");
    if (!Files.isDirectory(template)) {
      PostgresBinaries.exclusively(
          binaries.home(), "template-" + binaries.version(), () -> make(template));
    }
    FileTrees.copy(template.resolve("data"), dataDirectory);
    SystemIdentifier.change(dataDirectory, newIdentifier());
    return Files.readString(template.resolve("password"));
  }

  private void make(Path template) throws IOException {
    if (Files.isDirectory(template)) {
      return; // another process was first
    }
    Path partial = template.resolveSibling("template.partial");
    FileTrees.delete(partial);
    Files.createDirectories(partial);
    Path password = partial.resolve("password");
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, HexFormat.of().formatHex(secret));
    launch.own(partial);
    initdb(partial, password);
    Files.move(partial, template, StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path directory, Path password) throws IOException {
    Path log = directory.resolve("initdb.log");
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb"));
    command.add("--pgdata=" + directory.resolve("data"));
    command.add("--username=" + SUPERUSER);
    command.add("--pwfile=" + password);
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"));
    if (binaries.majorVersion() >= BUILTIN_LOCALES) {
      command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    TetheredProcess initdb =
        TetheredProcess.start(launch.command(command), directory, Map.of(), log);
    try {
      if (!initdb.awaitExit(PostgresServer.START_TIMEOUT) || initdb.exitCode() != 0) {
        initdb.kill();
        throw new PostgresServerException("initdb failed\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresServerException("interrupted during initdb", e);
    }
  }

  /** As PostgreSQL makes them: seconds above, here random bits below. */
  private long newIdentifier() {
    return (Instant.now().getEpochSecond() << 32) | (random.nextInt() & 0xFFFF_FFFFL);
  }
}
