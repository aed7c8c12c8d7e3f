/** Puts the log together from configuration, and watches it. */
@NullMarked
package io.farshore.audit.log.wiring;

import org.jspecify.annotations.NullMarked;
