package io.farshore.backup.run.drivers;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** {@code farshore.application-database.<application>.*} and how they are read. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore")
public interface DatabaseSettings {
  /** By application. */
  Map<String, Database> applicationDatabase();

  /** How backups are made. */
  Backup backup();

  /** One database, as seen from here. */
  interface Database {
    String jdbcUrl();

    /** A role with REPLICATION and pg_read_all_data. */
    String username();

    String password();
  }

  /** How backups are made. */
  interface Backup {
    /** Row counts that are not there by then are left out, and shown as unknown. */
    @WithDefault("PT60S")
    Duration countPatience();
  }
}
