/** Commits acknowledged only while a lease holds. */
@NullMarked
package io.farshore.postgres.gate;

import org.jspecify.annotations.NullMarked;
