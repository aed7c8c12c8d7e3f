/** The statement a log signs: its name, size and root hash. */
@NullMarked
package io.farshore.tlog.checkpoint;

import org.jspecify.annotations.NullMarked;
