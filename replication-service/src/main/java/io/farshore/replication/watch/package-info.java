/** Looks at the region's databases, once each interval, for ever. */
@NullMarked
package io.farshore.replication.watch;

import org.jspecify.annotations.NullMarked;
