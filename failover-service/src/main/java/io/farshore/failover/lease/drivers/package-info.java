/** What guards keep on disk. */
@NullMarked
package io.farshore.failover.lease.drivers;

import org.jspecify.annotations.NullMarked;
