/** Thin clients of the suite's APIs, for tests and the demo. */
@NullMarked
package io.farshore.testbed.client;

import org.jspecify.annotations.NullMarked;
