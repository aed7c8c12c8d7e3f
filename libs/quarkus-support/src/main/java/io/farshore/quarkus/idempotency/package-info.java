/** Commands that may be sent twice and are done once. */
@NullMarked
package io.farshore.quarkus.idempotency;

import org.jspecify.annotations.NullMarked;
