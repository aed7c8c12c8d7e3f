/** The index of runs and recovery points in PostgreSQL. */
@NullMarked
package io.farshore.backup.point.store;

import org.jspecify.annotations.NullMarked;
