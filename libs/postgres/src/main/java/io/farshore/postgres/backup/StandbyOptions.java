package io.farshore.postgres.backup;

import io.farshore.postgres.PostgresEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * How a standby will follow its primary.
 *
 * @param primary as the standby sees it; its application name names the standby to the primary, its
 *     password is written into the standby's {@code postgresql.auto.conf}
 * @param slot physical replication slot on the primary, made if absent, so that log the standby
 *     still needs is kept
 */
public record StandbyOptions(PostgresEndpoint primary, @Nullable String slot) {}
