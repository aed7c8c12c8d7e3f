package io.farshore.replication.wiring;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How closely to watch: {@code farshore.replication.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.replication")
public interface ReplicationSettings {
  /** Time between two looks, and between two heartbeats. */
  @WithDefault("PT1S")
  Duration interval();

  /** Lag from which somebody should know. */
  @WithDefault("PT5S")
  Duration lagWarn();

  /** Lag from which somebody should act. */
  @WithDefault("PT30S")
  Duration lagCritical();

  /** How many looks in a row it takes to tell. */
  @WithDefault("3")
  int samples();

  /** By how much the wall clocks of two regions may differ; exposure counts it in. */
  @WithDefault("PT0.2S")
  Duration clockUncertainty();

  /** How long samples are kept. */
  @WithDefault("P7D")
  Duration sampleRetention();
}
