/** Exact row counts at an exact log position. */
@NullMarked
package io.farshore.postgres.counts;

import org.jspecify.annotations.NullMarked;
