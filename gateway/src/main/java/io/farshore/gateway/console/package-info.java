/**
 * The first page: what is going on, live, on the management listener. Shows what the region's
 * services say and since when they have said nothing.
 */
@NullMarked
package io.farshore.gateway.console;

import org.jspecify.annotations.NullMarked;
