package io.farshore.audit.log.wiring;

import io.farshore.audit.log.AuditLogSettings;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** {@code farshore.log.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.log")
public interface LogSettings extends AuditLogSettings {
  @Override
  String origin();

  @Override
  Path signingKeyFile();

  @Override
  @WithDefault("PT1S")
  Duration publishInterval();
}
