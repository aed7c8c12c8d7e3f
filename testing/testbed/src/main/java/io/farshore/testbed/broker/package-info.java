/** The message broker of a region, as a process of its own. */
@NullMarked
package io.farshore.testbed.broker;

import org.jspecify.annotations.NullMarked;
