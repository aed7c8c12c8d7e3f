/** Leases under simulation: regions that renew, regions that take over, and what must hold. */
@NullMarked
package io.farshore.simulation.lease;

import org.jspecify.annotations.NullMarked;
