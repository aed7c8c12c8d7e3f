/** Tests. */
@NullMarked
package io.farshore.testbed.load;

import org.jspecify.annotations.NullMarked;
