/** The ledger over HTTP. */
@NullMarked
package io.farshore.ledger.rest;

import org.jspecify.annotations.NullMarked;
