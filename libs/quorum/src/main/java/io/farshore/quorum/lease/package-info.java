/**
 * The right to write, for a while, under an epoch: a replicated table, and the two clocks that
 * guard it. Pure: no I/O, no clock of its own.
 *
 * <p>Why two members never hold one application's lease at once is told at {@link
 * io.farshore.quorum.lease.LeaseTimer}.
 */
@NullMarked
package io.farshore.quorum.lease;

import org.jspecify.annotations.NullMarked;
