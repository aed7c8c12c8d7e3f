/** The HTTP API: parse, ask, map. */
@NullMarked
package io.farshore.failover.rest;

import org.jspecify.annotations.NullMarked;
