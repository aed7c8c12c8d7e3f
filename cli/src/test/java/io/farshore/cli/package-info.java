/** The command line from outside. */
@NullMarked
package io.farshore.cli;

import org.jspecify.annotations.NullMarked;
