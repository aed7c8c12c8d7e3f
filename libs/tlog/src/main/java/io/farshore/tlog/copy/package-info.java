/** Copies of a log for elsewhere. */
@NullMarked
package io.farshore.tlog.copy;

import org.jspecify.annotations.NullMarked;
