/** The outbox and its relay on good and bad days. */
@NullMarked
package io.farshore.quarkus.event;

import org.jspecify.annotations.NullMarked;
