package io.farshore.postgres.wal;

import io.farshore.kernel.ReplicationPosition;
import org.jspecify.annotations.Nullable;

/**
 * What to stream.
 *
 * @param from first byte wanted, and the timeline it lies on
 * @param slot name of an existing physical slot that keeps the log until {@link WalStream#flushed};
 *     absent: none
 */
public record WalStreamOptions(ReplicationPosition from, @Nullable String slot) {}
