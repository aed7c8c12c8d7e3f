/**
 * Runs real quorum members, and what is built on them, under virtual time: one thread, one seeded
 * source of chance, a network that delays, loses and cuts, clocks that drift, disks that forget.
 * The same seed gives the same run, to the last step.
 *
 * <p>Begin at {@link io.farshore.simulation.SimulatedWorld}. What runs on a member is a {@link
 * io.farshore.simulation.Program}; what must hold is an {@link io.farshore.simulation.Invariant}.
 */
@NullMarked
package io.farshore.simulation;

import org.jspecify.annotations.NullMarked;
