/** Puts the gateway together: its configuration, its beans, its start and its end. */
@NullMarked
package io.farshore.gateway.wiring;

import org.jspecify.annotations.NullMarked;
