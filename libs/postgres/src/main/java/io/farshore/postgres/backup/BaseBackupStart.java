package io.farshore.postgres.backup;

import io.farshore.kernel.ReplicationPosition;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the server says before the first byte.
 *
 * @param systemIdentifier of the cluster
 * @param position where replay of this backup begins
 * @param tablespaces besides the data directory
 * @param estimatedBytes of all archives together, if the server says
 */
public record BaseBackupStart(
    String systemIdentifier,
    ReplicationPosition position,
    List<Tablespace> tablespaces,
    OptionalLong estimatedBytes) {
  public BaseBackupStart {
    tablespaces = List.copyOf(tablespaces);
  }
}
