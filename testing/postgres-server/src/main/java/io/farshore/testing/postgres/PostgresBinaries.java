package io.farshore.testing.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs: ours, unpacked once for each version into a directory shared by all
 * processes of the user, or those of an installation.
 *
 * @param version for example {@code 18.6.0}
 * @param programs directory of {@code postgres} and {@code initdb}
 * @param home where what belongs to this version is kept, for example its template cluster
 */
record PostgresBinaries(String version, Path programs, Path home) {
  private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

  /** Unpacks unless that was done before; safe against other threads and processes. */
  static PostgresBinaries in(Path cache) throws IOException {
    String version = bundledVersion();
    Path home = cache.resolve("postgres-" + version);
    if (!Files.isDirectory(home)) {
      exclusively(cache, version, () -> unpack(home));
    }
    return new PostgresBinaries(version, home.resolve("bin"), home);
  }

  /** Programs that are already there, for example {@code /usr/lib/postgresql/15/bin}. */
  static PostgresBinaries installed(Path programs, Path cache) throws IOException {
    Process asked =
        new ProcessBuilder(programs.resolve("postgres").toString(), "--version").start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = Pattern.compile("\\) ([0-9.]+)").matcher(answer);
    if (!version.find()) {
      throw new IOException("no PostgreSQL in " + programs);
    }
    Path home = cache.resolve("postgres-" + version.group(1) + "-installed");
    Files.createDirectories(home);
    return new PostgresBinaries(version.group(1), programs, home);
  }

  int majorVersion() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /** {@code $FARSHORE_CACHE}, or {@code ~/.cache/farshore}; a public one if we become nobody. */
  static Path defaultCache(UnprivilegedLaunch launch) {
    String override = System.getenv("FARSHORE_CACHE");
    if (override != null && !override.isBlank()) {
      return Path.of(override);
    }
    return launch == UnprivilegedLaunch.NOBODY
        ? Path.of("/var/tmp/farshore-cache")
        : Path.of(System.getProperty("user.home"), ".cache", "farshore");
  }

  String program(String name) {
    return programs.resolve(name).toString();
  }

  /** Runs {@code work} while no other thread or process that shares the cache does. */
  static void exclusively(Path cache, String name, Work work) throws IOException {
    Files.createDirectories(cache);
    IN_THIS_JVM.lock();
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("postgres-" + name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid()) {
        work.run();
      }
    } finally {
      IN_THIS_JVM.unlock();
    }
  }

  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private static void unpack(Path home) throws IOException {
    if (Files.isDirectory(home)) {
      return; // another process was first
    }
    Path partial = home.resolveSibling(home.getFileName() + ".partial");
    FileTrees.delete(partial);
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive())) {
      if (packed == null) {
        throw new PostgresServerException("no PostgreSQL binaries for " + architecture());
      }
      extract(
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed))), partial);
    }
    Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void extract(TarArchiveInputStream tar, Path target) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) {
        throw new IOException("entry leaves the target directory");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0b001_000_000) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String archive() {
    return "/postgres-linux-" + architecture() + ".txz";
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      case String other -> other;
    };
  }

  private static String bundledVersion() throws IOException {
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }
}
