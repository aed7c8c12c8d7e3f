/**
 * A small replicated state machine over Raft: what the members agree on, in one order, surviving
 * the loss of a minority. Start with {@link io.farshore.quorum.Quorum}. This package and its
 * sub-packages {@code lease}, {@code raft} and {@code store} know no framework; {@code transport}
 * is the adapter to TCP.
 */
@NullMarked
package io.farshore.quorum;

import org.jspecify.annotations.NullMarked;
