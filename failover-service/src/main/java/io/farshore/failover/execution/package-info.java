/** The journal of a move and the decision what comes next. Pure, but for the executor. */
@NullMarked
package io.farshore.failover.execution;

import org.jspecify.annotations.NullMarked;
