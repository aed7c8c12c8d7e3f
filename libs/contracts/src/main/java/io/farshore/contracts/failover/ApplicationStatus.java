package io.farshore.contracts.failover;

import io.farshore.contracts.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an application now.
 *
 * @param observedGeneration the spec's generation this status speaks of
 * @param lease who may write; absent until the first grant
 * @param executionId the execution under way, if any
 * @param conditions at least {@code Writable} and {@code Protected}
 */
public record ApplicationStatus(
    long observedGeneration,
    @Nullable LeaseView lease,
    @Nullable String executionId,
    List<Condition> conditions) {}
