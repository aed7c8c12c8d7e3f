/** Timelines, and what an old primary has that the new one has not. */
@NullMarked
package io.farshore.postgres.history;

import org.jspecify.annotations.NullMarked;
