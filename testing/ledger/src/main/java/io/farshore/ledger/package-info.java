/**
 * A payments ledger: the application that Farshore protects in the testbed. It knows nothing of
 * Farshore; it is written as a careful team would write it, so that what is lost, doubled or
 * invented by a failover can be counted exactly.
 */
@NullMarked
package io.farshore.ledger;

import org.jspecify.annotations.NullMarked;
