/** {@code farshorectl failover}. */
@NullMarked
package io.farshore.cli.failover;

import org.jspecify.annotations.NullMarked;
