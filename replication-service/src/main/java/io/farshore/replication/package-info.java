/** The replication service: lag and exposure, measured on both sides of a link. */
@NullMarked
package io.farshore.replication;

import org.jspecify.annotations.NullMarked;
