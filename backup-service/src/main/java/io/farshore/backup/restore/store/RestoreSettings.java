package io.farshore.backup.restore.store;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** {@code farshore.restore.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.restore")
public interface RestoreSettings {
  /** The one directory below which this service restores. */
  Path root();
}
