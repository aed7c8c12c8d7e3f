package io.farshore.quarkus.region;

import io.farshore.kernel.RegionId;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What every service is told about itself and its surroundings: {@code farshore.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore")
public interface RegionSettings {
  /** The region, or the quorum witness, this process belongs to. */
  @WithConverter(RegionIdConverter.class)
  RegionId region();

  /** A directory of this service's own, writable and durable. */
  Path dataDir();

  /** File with this service's bearer token for calls to others. */
  Optional<Path> serviceTokenFile();

  /** The address book: {@code farshore.endpoints.<region>.<name>}, as seen from here. */
  Map<String, Map<String, String>> endpoints();
}
