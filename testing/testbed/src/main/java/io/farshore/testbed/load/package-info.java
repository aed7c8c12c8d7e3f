/** Clients that move money all the time, and the count of what became of it. */
@NullMarked
package io.farshore.testbed.load;

import org.jspecify.annotations.NullMarked;
