package io.farshore.failover.member.quarkus;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What this region guards. */
public final class GuardConfig {
  private GuardConfig() {}

  /** How the guard works: {@code farshore.guard.*}. */
  @StaticInitSafe
  @ConfigMapping(prefix = "farshore.guard")
  public interface Rules {
    /** The database is fenced this share of a lease before the lease ends. */
    @WithDefault("20")
    int fenceMarginPercent();

    /** How often the database is asked. */
    @WithDefault("500ms")
    Duration readInterval();

    /** Database roles whose sessions a fence leaves alone. */
    @WithDefault("farshore_monitor,farshore_backup,farshore_guard")
    Set<String> exemptUsers();
  }

  /** The databases: {@code farshore.application-database.<application>.*}. */
  @StaticInitSafe
  @ConfigMapping(prefix = "farshore.application-database")
  public interface Databases {
    @WithParentName
    Map<String, Server> byApplication();
  }

  /** One guarded server. */
  public interface Server {
    @WithName("jdbc-url")
    String jdbcUrl();

    String username();

    String password();
  }
}
