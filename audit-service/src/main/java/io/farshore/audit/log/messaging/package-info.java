/** Reads events from the broker. */
@NullMarked
package io.farshore.audit.log.messaging;

import org.jspecify.annotations.NullMarked;
