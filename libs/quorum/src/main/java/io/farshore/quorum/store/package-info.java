/** Where a member keeps its term, vote, log and snapshots. See {@code docs/quorum.md}. */
@NullMarked
package io.farshore.quorum.store;

import org.jspecify.annotations.NullMarked;
