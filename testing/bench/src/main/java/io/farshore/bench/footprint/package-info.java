/** What each service costs: lines to read, time to start, memory to keep. */
@NullMarked
package io.farshore.bench.footprint;

import org.jspecify.annotations.NullMarked;
