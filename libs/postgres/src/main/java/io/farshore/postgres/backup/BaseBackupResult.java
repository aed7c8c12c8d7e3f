package io.farshore.postgres.backup;

import io.farshore.kernel.ReplicationPosition;

/**
 * A finished base backup.
 *
 * @param systemIdentifier of the cluster
 * @param start where replay begins
 * @param stop replay must pass this position before the copy is consistent
 * @param bytes of archive content received
 */
public record BaseBackupResult(
    String systemIdentifier, ReplicationPosition start, ReplicationPosition stop, long bytes) {}
