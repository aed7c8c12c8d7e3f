/** Applications, leases, plans, executions and routing, as the failover service shows them. */
@NullMarked
package io.farshore.contracts.failover;

import org.jspecify.annotations.NullMarked;
