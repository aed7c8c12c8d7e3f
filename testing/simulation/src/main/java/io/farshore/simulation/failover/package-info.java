/**
 * Whole failover members under simulation: real decisions, guards and executors over a real quorum,
 * against databases, clients and failures that are simulated.
 */
@NullMarked
package io.farshore.simulation.failover;

import org.jspecify.annotations.NullMarked;
