package io.farshore.vault.manifest;

import static java.util.Objects.requireNonNull;

import io.farshore.kernel.RegionId;

/**
 * Which database was read.
 *
 * @param systemIdentifier PostgreSQL's own name of the cluster, the same for all its replicas
 * @param serverVersion as the server tells it, for example {@code 18.6}
 * @param region where the server that was read stands
 * @param standby whether it was a standby
 */
public record SourceIdentity(
    String systemIdentifier, String serverVersion, RegionId region, boolean standby) {
  public SourceIdentity {
    requireNonNull(systemIdentifier);
    requireNonNull(serverVersion);
    requireNonNull(region);
  }
}
