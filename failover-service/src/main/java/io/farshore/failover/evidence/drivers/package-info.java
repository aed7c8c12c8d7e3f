/** Probes over the network. */
@NullMarked
package io.farshore.failover.evidence.drivers;

import org.jspecify.annotations.NullMarked;
