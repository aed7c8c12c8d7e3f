package io.farshore.postgres.gate;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * What a commit gate does now.
 *
 * @param connected whether it streams from the primary
 * @param received end of the log it has seen
 * @param confirmed up to here commits were acknowledged through it
 * @param open whether the lease was valid when it was last asked
 * @param lastError why it is not connected
 */
public record GateStatus(
    boolean connected, Lsn received, Lsn confirmed, boolean open, @Nullable ErrorCode lastError) {}
