package io.farshore.quarkus.startup;

import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.security.ServiceToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** What every service needs: a writable directory, readable addresses, a key to check tokens. */
@Singleton
public class BasicChecks implements StartupCheck {
  private static final List<String> JWT_KEY_PROPERTIES =
      List.of("mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey");

  private final RegionSettings settings;
  private final Config config;

  @Inject
  BasicChecks(RegionSettings settings, Config config) {
    this.settings = settings;
    this.config = config;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    dataDir(settings.dataDir(), findings);
    addresses(findings);
    token(findings);
    if (JWT_KEY_PROPERTIES.stream()
        .noneMatch(name -> config.getOptionalValue(name, String.class).isPresent())) {
      findings.add(
          Finding.severe(
              JWT_KEY_PROPERTIES.getFirst(),
              "is not set; without the public key no token can be checked"));
    }
    if (config.getOptionalValue("amqp-host", String.class).isEmpty()) {
      findings.add(
          Finding.warning("amqp-host", "is not set; events stay in the outbox of this process"));
    }
    return findings;
  }

  private static void dataDir(Path directory, List<Finding> findings) {
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(Files.createTempFile(directory, "check", ".tmp"));
    } catch (IOException e) {
      findings.add(
          Finding.severe("farshore.data-dir", directory + " cannot be written: " + e.getMessage()));
    }
  }

  private void addresses(List<Finding> findings) {
    try {
      AddressBook.of(settings.endpoints());
    } catch (IllegalArgumentException e) {
      findings.add(Finding.severe("farshore.endpoints", String.valueOf(e.getMessage())));
    }
  }

  private void token(List<Finding> findings) {
    if (settings.serviceTokenFile().isEmpty()) {
      findings.add(
          Finding.warning(
              "farshore.service-token-file", "is not set; this service cannot call others"));
      return;
    }
    try {
      new ServiceToken(settings.serviceTokenFile().get()).get();
    } catch (FarshoreException e) {
      findings.add(Finding.warning("farshore.service-token-file", e.describe()));
    }
  }
}
