package io.farshore.failover.member.quarkus;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MemberId;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.quarkus.region.Endpoint;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.startup.StartupCheck;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.transport.SharedSecret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses a configuration under which the promises of this service would not hold. */
@Singleton
public class SafetyChecks implements StartupCheck {
  static final int VOTERS_MIN = 3;

  /** Less leaves no time to end the sessions. */
  static final int FENCE_MARGIN_PERCENT_MIN = 5;

  /** More leaves fewer than three of the five renewals of a lease before it is fenced. */
  static final int FENCE_MARGIN_PERCENT_MAX = 40;

  private static final Set<PosixFilePermission> TOO_OPEN =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final RegionSettings region;
  private final QuorumConfig quorum;
  private final GuardConfig.Rules guard;
  private final GuardConfig.Databases databases;

  @Inject
  SafetyChecks(
      RegionSettings region,
      QuorumConfig quorum,
      GuardConfig.Rules guard,
      GuardConfig.Databases databases) {
    this.region = region;
    this.quorum = quorum;
    this.guard = guard;
    this.databases = databases;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    members(findings);
    secret(quorum.secretFile(), findings);
    tls(findings);
    guard(findings);
    return findings;
  }

  private void members(List<Finding> findings) {
    int voters = quorum.members().size();
    if (!quorum.members().containsKey(region.region().value())) {
      findings.add(severe("members", "must name this member, " + region.region() + ", too"));
    }
    if (voters < VOTERS_MIN || voters % 2 == 0 || voters > QuorumSettings.MEMBERS_MAX) {
      findings.add(
          severe(
              "members",
              "must be an odd number from 3 to 9, in as many failure domains; there are "
                  + voters));
    }
    quorum
        .members()
        .forEach(
            (name, address) -> {
              check(findings, "members." + name, () -> new MemberId(name));
              check(findings, "members." + name, () -> Endpoint.parse(address));
            });
    check(findings, "listen", () -> Endpoint.parse(quorum.listen()));
    if (!quorum.isWitness() && !"region".equals(quorum.role())) {
      findings.add(severe("role", "must be region or witness"));
    }
  }

  private static void secret(Path file, List<Finding> findings) {
    try {
      SharedSecret.ofText(Files.readString(file));
      if (isOpen(file)) {
        findings.add(severe("secret-file", file + " can be read by everyone: chmod 600 it"));
      }
    } catch (IOException e) {
      findings.add(severe("secret-file", file + " cannot be read"));
    } catch (IllegalArgumentException tooShort) {
      findings.add(severe("secret-file", file + ": " + tooShort.getMessage()));
    }
  }

  private void tls(List<Finding> findings) {
    if (quorum.tls().isEmpty()) {
      if (quorum.members().values().stream().anyMatch(SafetyChecks::isRemote)) {
        findings.add(
            Finding.warning(
                "farshore.quorum.tls",
                "is not set: what members tell each other can be read on the way, unless the"
                    + " network encrypts it"));
      }
      return;
    }
    QuorumConfig.Tls files = quorum.tls().get();
    readable("tls.certificate", files.certificate(), findings);
    readable("tls.trust", files.trust(), findings);
    if (readable("tls.key", files.key(), findings) && isOpen(files.key())) {
      findings.add(severe("tls.key", files.key() + " can be read by everyone: chmod 600 it"));
    }
  }

  private static boolean readable(String name, Path file, List<Finding> findings) {
    if (Files.isReadable(file)) {
      return true;
    }
    findings.add(severe(name, file + " cannot be read"));
    return false;
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains);
    } catch (IOException unknown) {
      return true;
    }
  }

  /**
   * Anything that is not this machine, by name or number; what cannot be read is told elsewhere.
   */
  private static boolean isRemote(String address) {
    try {
      String host = Endpoint.parse(address).host();
      return !host.startsWith("127.") && !host.equals("localhost") && !host.contains("::1");
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private void guard(List<Finding> findings) {
    int percent = guard.fenceMarginPercent();
    if (percent < FENCE_MARGIN_PERCENT_MIN || percent > FENCE_MARGIN_PERCENT_MAX) {
      findings.add(
          Finding.severe(
              "farshore.guard.fence-margin-percent",
              "must be from 5 to 40: the guard needs time to end sessions, and a lease needs three"
                  + " renewals before that"));
    }
    if (quorum.isWitness() && !databases.byApplication().isEmpty()) {
      findings.add(
          Finding.severe(
              "farshore.application-database", "must not be set: a quorum witness guards no data"));
    }
    databases
        .byApplication()
        .forEach(
            (application, server) -> {
              String property = "farshore.application-database." + application;
              try {
                ApplicationId name = new ApplicationId(application);
                PostgresEndpoint.ofJdbcUrl(server.jdbcUrl(), server.username(), name.value());
              } catch (IllegalArgumentException wrong) {
                findings.add(Finding.severe(property, String.valueOf(wrong.getMessage())));
              }
            });
  }

  private static void check(List<Finding> findings, String name, Runnable parse) {
    try {
      parse.run();
    } catch (IllegalArgumentException wrong) {
      findings.add(severe(name, String.valueOf(wrong.getMessage())));
    }
  }

  private static Finding severe(String name, String message) {
    return Finding.severe("farshore.quorum." + name, message);
  }
}
