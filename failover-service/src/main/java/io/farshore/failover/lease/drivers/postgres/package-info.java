/** The guarded database as a real PostgreSQL server. */
@NullMarked
package io.farshore.failover.lease.drivers.postgres;

import org.jspecify.annotations.NullMarked;
