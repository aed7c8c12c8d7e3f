package io.farshore.failover.control;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;

/**
 * Where a promotion left the old history.
 *
 * @param from the timeline left
 * @param at the last position both share
 * @param to the timeline opened
 */
public record Fork(Timeline from, Lsn at, Timeline to) {}
