/** The ledger's books in PostgreSQL. */
@NullMarked
package io.farshore.ledger.store;

import org.jspecify.annotations.NullMarked;
