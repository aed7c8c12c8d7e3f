package io.farshore.failover.member.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.startup.StartupCheck.Finding;
import io.farshore.quarkus.startup.StartupCheck.Severity;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyChecksTest {
  @TempDir Path directory;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void safe() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    settings.put("farshore.region", "us-east");
    settings.put("farshore.data-dir", directory.toString());
    settings.put("farshore.quorum.listen", "127.0.0.1:7001");
    settings.put("farshore.quorum.members.us-east", "127.0.0.1:7001");
    settings.put("farshore.quorum.members.eu-west", "127.0.0.1:7002");
    settings.put("farshore.quorum.members.witness", "127.0.0.1:7003");
    settings.put("farshore.quorum.secret-file", secret.toString());
    settings.put(
        "farshore.application-database.ledger.jdbc-url", "jdbc:postgresql://db:5432/ledger");
    settings.put("farshore.application-database.ledger.username", "farshore_guard");
    settings.put("farshore.application-database.ledger.password", "secret");
  }

  @Test
  void whatIsSafeIsAccepted() {
    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "farshore.quorum.members.ap-south, 127.0.0.1:7004, farshore.quorum.members",
    "farshore.quorum.members.witness, nowhere, farshore.quorum.members.witness",
    "farshore.quorum.listen, 127.0.0.1, farshore.quorum.listen",
    "farshore.quorum.role, leader, farshore.quorum.role",
    "farshore.quorum.role, witness, farshore.application-database",
    "farshore.quorum.secret-file, /absent, farshore.quorum.secret-file",
    "farshore.region, ap-south, farshore.quorum.members",
    "farshore.guard.fence-margin-percent, 4, farshore.guard.fence-margin-percent",
    "farshore.guard.fence-margin-percent, 41, farshore.guard.fence-margin-percent",
    "farshore.application-database.ledger.jdbc-url, jdbc:mysql://db/ledger,"
        + " farshore.application-database.ledger",
  })
  void whatIsNotSafeIsRefusedByItsName(String property, String value, String refused) {
    settings.put(property, value);

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.property()).isEqualTo(refused);
              assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
              assertThat(finding.message()).isNotBlank();
            });
  }

  @Test
  void twoMembersAreNoQuorum() {
    settings.remove("farshore.quorum.members.witness");

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.property()).isEqualTo("farshore.quorum.members");
              assertThat(finding.message()).contains("there are 2");
            });
  }

  @Test
  void aSecretThatEveryoneCanReadIsRefusedAndNotShown() throws IOException {
    Path secret = Path.of(settings.get("farshore.quorum.secret-file"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("chmod 600")
                    .doesNotContain(Files.readString(secret)));
  }

  @Test
  void aSecretThatIsTooShortIsRefused() throws IOException {
    Path secret = Path.of(settings.get("farshore.quorum.secret-file"));
    Files.writeString(secret, "short");

    assertThat(findings())
        .singleElement()
        .extracting(Finding::property)
        .isEqualTo("farshore.quorum.secret-file");
  }

  @Test
  void linksThatLeaveTheMachineWithoutTlsAreWarnedOf() {
    settings.put("farshore.quorum.members.eu-west", "failover.eu-west.example:7002");

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.property()).isEqualTo("farshore.quorum.tls");
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            });
  }

  @Test
  void filesForTlsMustBeReadableAndTheKeyNotByEveryone() throws IOException {
    Path key = Files.writeString(directory.resolve("key.pem"), "key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    settings.put("farshore.quorum.tls.certificate", "/absent/certificate.pem");
    settings.put("farshore.quorum.tls.key", key.toString());
    settings.put("farshore.quorum.tls.trust", key.toString());

    assertThat(findings())
        .extracting(Finding::property)
        .containsExactly("farshore.quorum.tls.certificate", "farshore.quorum.tls.key");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    settings.put("farshore.quorum.tls.certificate", key.toString());
    assertThat(findings()).isEmpty();
  }

  private List<Finding> findings() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .withMapping(RegionSettings.class)
            .withMapping(QuorumConfig.class)
            .withMapping(GuardConfig.Rules.class)
            .withMapping(GuardConfig.Databases.class)
            .withValidateUnknown(false)
            .build();
    return new SafetyChecks(
            config.getConfigMapping(RegionSettings.class),
            config.getConfigMapping(QuorumConfig.class),
            config.getConfigMapping(GuardConfig.Rules.class),
            config.getConfigMapping(GuardConfig.Databases.class))
        .findings();
  }
}
