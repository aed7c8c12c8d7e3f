/** The trace a piece of work belongs to. */
@NullMarked
package io.farshore.quarkus.trace;

import org.jspecify.annotations.NullMarked;
