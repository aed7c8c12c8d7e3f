/** Watching PostgreSQL. */
@NullMarked
package io.farshore.replication.watch.drivers;

import org.jspecify.annotations.NullMarked;
