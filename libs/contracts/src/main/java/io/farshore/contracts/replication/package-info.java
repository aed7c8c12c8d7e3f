/** Replication links, lag and exposure. */
@NullMarked
package io.farshore.contracts.replication;

import org.jspecify.annotations.NullMarked;
