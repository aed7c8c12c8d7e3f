package io.farshore.postgres.status;

import io.farshore.kernel.ReplicationPosition;

/**
 * A server is primary.
 *
 * @param systemIdentifier of the cluster
 * @param position its end of log when we looked, on its timeline
 * @param promotedNow whether it was a replica when asked
 */
public record Promotion(
    String systemIdentifier, ReplicationPosition position, boolean promotedNow) {}
