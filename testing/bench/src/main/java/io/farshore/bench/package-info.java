/** Benchmarks: each runs ours, and the peer where there is one, and shows medians with spread. */
@NullMarked
package io.farshore.bench;

import org.jspecify.annotations.NullMarked;
