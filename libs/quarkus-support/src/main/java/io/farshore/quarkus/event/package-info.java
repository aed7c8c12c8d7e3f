/** Publishing events: an outbox that survives crashes, and the relay that empties it. */
@NullMarked
package io.farshore.quarkus.event;

import org.jspecify.annotations.NullMarked;
