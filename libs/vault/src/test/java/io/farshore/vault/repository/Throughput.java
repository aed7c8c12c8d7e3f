package io.farshore.vault.repository;

import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.restore.RestoreListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures, by hand: {@code java … Throughput SOURCE-DIR WORK-DIR COPIES}. */
final class Throughput {
  private Throughput() {}

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path work = Path.of(arguments[1]);
    VaultFixture vault = new VaultFixture();
    List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      copies.add(VaultFixture.copy("copy" + i, work.resolve("copy" + i)));
    }
    Repository repository = vault.repository(copies.toArray(Copy[]::new));
    var first = VaultFixture.newId();
    print("full backup", () -> backUp(vault, repository, source, first));
    print("unchanged backup", () -> backUp(vault, repository, source, VaultFixture.newId()));
    print("verify", () -> repository.verify(first, "copy0").goodBytes());
    print(
        "restore",
        () ->
            repository
                .restore(first, Optional.empty(), work.resolve("restored"), RestoreListener.none())
                .restoredBytes());
  }

  private interface Work {
    long run() throws IOException;
  }

  private static void print(String what, Work work) throws IOException {
    Duration cpuBefore = cpu();
    long start = System.nanoTime();
    long bytes = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    // The share of the processor tells more than the clock when the machine does other things too.
    double cpuSeconds = cpu().minus(cpuBefore).toMillis() / 1e3;
    System.out.printf(
        "%-18s %7.2f s  %6.2f CPU-s  %6d MiB  %6.0f MiB/s%n",
        what, seconds, cpuSeconds, bytes >> 20, (bytes >> 20) / seconds);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long backUp(
      VaultFixture vault, Repository repository, Path source, RecoveryPointId id)
      throws IOException {
    byte[] buffer = new byte[256 << 10];
    try (BackupSession session = repository.begin(vault.signer);
        Stream<Path> paths = Files.walk(source)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String name = source.relativize(path).toString();
        try (OutputStream out = session.file(name, 0600, VaultFixture.TAKEN_AT);
            InputStream in = Files.newInputStream(path)) {
          int length;
          while ((length = in.read(buffer)) > 0) {
            out.write(buffer, 0, length);
          }
        }
      }
      BackupResult result = session.seal(VaultFixture.facts(id));
      System.out.printf("  stored %d MiB%n", result.manifest().summary().storedBytes() >> 20);
      return result.manifest().summary().sourceBytes();
    }
  }
}
