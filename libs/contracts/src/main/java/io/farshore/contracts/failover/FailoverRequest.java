package io.farshore.contracts.failover;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/applications/{name}:failover}.
 *
 * @param target the region to move to; absent: the best candidate
 * @param reason for the record
 * @param acceptLoss go on even if the measured loss is beyond the objective
 * @param holdBefore steps before which the execution waits to be acknowledged
 */
public record FailoverRequest(
    @Nullable String target, String reason, boolean acceptLoss, List<String> holdBefore) {}
