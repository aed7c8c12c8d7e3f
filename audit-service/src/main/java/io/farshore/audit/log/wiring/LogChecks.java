package io.farshore.audit.log.wiring;

import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.quarkus.startup.StartupCheck;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.key.SigningKeyFile;
import io.farshore.tlog.note.NoteSigner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Without a name and a key of its own the log is not begun. */
@Singleton
public class LogChecks implements StartupCheck {
  /** What the rules of an audit log allow between an event and evidence of it. */
  private static final Duration PUBLISH_INTERVAL_MAX = Duration.ofMinutes(1);

  private static final KeyedLog LOG = KeyedLog.of(LogChecks.class);

  private final LogSettings settings;

  @Inject
  LogChecks(LogSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      Ed25519SigningKey key = SigningKeyFile.load(settings.signingKeyFile());
      LOG.with("verifierKey", new NoteSigner(settings.origin(), key).verifierKey())
          .info("The audit log is signed");
    } catch (FarshoreException refused) {
      boolean aboutKey = refused.context().containsKey("file");
      findings.add(
          Finding.severe(
              aboutKey ? "farshore.log.signing-key-file" : "farshore.log.origin",
              refused.describe()));
    }
    Duration interval = settings.publishInterval();
    if (interval.isNegative()
        || interval.isZero()
        || interval.compareTo(PUBLISH_INTERVAL_MAX) > 0) {
      findings.add(
          Finding.severe("farshore.log.publish-interval", "must be above zero and at most PT1M"));
    }
    return findings;
  }
}
