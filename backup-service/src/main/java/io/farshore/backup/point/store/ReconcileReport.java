package io.farshore.backup.point.store;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a look at all copies found.
 *
 * @param recoveryPoints that can be read
 * @param unreadable that have a manifest, but no good one in any copy
 * @param indexed whether the index in PostgreSQL was made equal to it; it is not while that is away
 */
@RegisterForReflection
public record ReconcileReport(int recoveryPoints, int unreadable, boolean indexed) {}
