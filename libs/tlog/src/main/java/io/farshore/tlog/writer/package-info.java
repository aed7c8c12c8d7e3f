/** The one writer of a log directory. */
@NullMarked
package io.farshore.tlog.writer;

import org.jspecify.annotations.NullMarked;
