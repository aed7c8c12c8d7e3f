/** The region's guard: holds the right to write, and fences its own database before it ends. */
@NullMarked
package io.farshore.failover.lease;

import org.jspecify.annotations.NullMarked;
