package io.farshore.backup.run.drivers;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code farshore.backup.*}: how backups are made. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.backup")
public interface BackupSettings {
  /** Row counts that are not there by then are left out, and shown as unknown. */
  @WithDefault("PT60S")
  Duration countPatience();
}
