/** Samples in PostgreSQL, kept for a while. */
@NullMarked
package io.farshore.replication.store;

import org.jspecify.annotations.NullMarked;
