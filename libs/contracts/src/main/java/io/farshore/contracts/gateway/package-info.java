/** Routing decisions, explained. */
@NullMarked
package io.farshore.contracts.gateway;

import org.jspecify.annotations.NullMarked;
