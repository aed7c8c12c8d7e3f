/** Real processes, each in its own directory with its own log, that cannot outlive the testbed. */
@NullMarked
package io.farshore.testbed.process;

import org.jspecify.annotations.NullMarked;
