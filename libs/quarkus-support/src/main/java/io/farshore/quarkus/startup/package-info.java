/** Checks before work: a wrong configuration is named, and a dangerous one stops the process. */
@NullMarked
package io.farshore.quarkus.startup;

import org.jspecify.annotations.NullMarked;
