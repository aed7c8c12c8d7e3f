/** The ledger against a real PostgreSQL. */
@NullMarked
package io.farshore.ledger;

import org.jspecify.annotations.NullMarked;
