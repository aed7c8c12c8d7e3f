/** The quorum over MicroRaft. Knows no transport and no storage but their ports. */
@NullMarked
package io.farshore.quorum.raft;

import org.jspecify.annotations.NullMarked;
