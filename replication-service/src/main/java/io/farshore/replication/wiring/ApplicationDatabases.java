package io.farshore.replication.wiring;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The region's copies of the guarded databases: {@code farshore.application-database.<name>.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore")
public interface ApplicationDatabases {
  /** By application. */
  Map<String, ApplicationDatabase> applicationDatabase();

  /** One copy. */
  interface ApplicationDatabase {
    /** As seen from here. */
    String jdbcUrl();

    /** A role with {@code pg_monitor} and a schema {@code farshore}. */
    String username();

    String password();
  }
}
