/** From the loss of a region to the first acknowledged write. */
@NullMarked
package io.farshore.bench.rto;

import org.jspecify.annotations.NullMarked;
