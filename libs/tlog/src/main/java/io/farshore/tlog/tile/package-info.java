/** How a log is laid out in immutable files (C2SP tlog-tiles), and reading it from there. */
@NullMarked
package io.farshore.tlog.tile;

import org.jspecify.annotations.NullMarked;
