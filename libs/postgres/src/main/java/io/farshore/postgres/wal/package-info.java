/** The write-ahead log as a stream and as segment files. */
@NullMarked
package io.farshore.postgres.wal;

import org.jspecify.annotations.NullMarked;
