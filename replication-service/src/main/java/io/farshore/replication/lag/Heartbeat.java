package io.farshore.replication.lag;

import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row the writing region leaves in the database so that others can see how old their copy is.
 *
 * @param region who wrote it
 * @param writtenAt by its wall clock, taken before it was written
 * @param lsn everything acknowledged before {@code writtenAt} lies before this position
 * @param epoch under which the region believed to write, if it knew
 */
public record Heartbeat(RegionId region, Instant writtenAt, Lsn lsn, @Nullable Epoch epoch) {}
