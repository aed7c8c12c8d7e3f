package io.farshore.backup.run.drivers;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** {@code farshore.application-database.<application>.*}: what can be backed up from here. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.application-database")
public interface DatabaseSettings {
  /** By application. */
  @WithParentName
  Map<String, Database> byApplication();

  /** One database, as seen from here. */
  interface Database {
    String jdbcUrl();

    /** A role with REPLICATION and pg_read_all_data. */
    String username();

    String password();
  }
}
