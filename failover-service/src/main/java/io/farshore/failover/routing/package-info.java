/** The routing table, derived from the replicated state. */
@NullMarked
package io.farshore.failover.routing;

import org.jspecify.annotations.NullMarked;
