/** Whole members with real databases in one JVM. */
@NullMarked
package io.farshore.failover.world;

import org.jspecify.annotations.NullMarked;
