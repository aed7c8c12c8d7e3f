/** The journal of runs, in files. */
@NullMarked
package io.farshore.backup.run.store;

import org.jspecify.annotations.NullMarked;
