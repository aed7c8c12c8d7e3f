package io.farshore.testbed.demo;

import io.farshore.testbed.World;
import io.farshore.testbed.layout.ServiceConfiguration;
import io.farshore.tlog.copy.LogCopy;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Takes a copy of a region's audit log and verifies it with nothing but the public key. */
final class AuditCheck {
  private AuditCheck() {}

  /**
   * @param evidence where copy and key are put, for others to verify again
   */
  static VerificationReport verify(World world, String region, Path evidence) throws IOException {
    Path log = evidence.resolve("audit-log");
    LogCopy.copy(logDirectory(world, region), log);
    Path key = evidence.resolve("audit-log.vkey");
    Files.copy(world.keys().logVerifierKey(ServiceConfiguration.logOrigin(region)), key);
    return LogVerification.verify(log, VerifierKey.parse(Files.readString(key).strip()));
  }

  /** The directory that holds the checkpoint. */
  private static Path logDirectory(World world, String region) throws IOException {
    Path data = world.directory().resolve(region).resolve("audit-service").resolve("data");
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> Files.exists(file.resolve("checkpoint")))
          .min(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("no audit log in " + data));
    }
  }
}
