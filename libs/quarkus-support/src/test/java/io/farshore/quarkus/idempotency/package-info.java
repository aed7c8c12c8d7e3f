/** Tests. */
@NullMarked
package io.farshore.quarkus.idempotency;

import org.jspecify.annotations.NullMarked;
