/** The replicated state: what the quorum has agreed on, command by command. Deterministic. */
@NullMarked
package io.farshore.failover.control;

import org.jspecify.annotations.NullMarked;
