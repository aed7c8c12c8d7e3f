/** Backup runs: one act of backing up at a time for each component. */
@NullMarked
package io.farshore.backup.run;

import org.jspecify.annotations.NullMarked;
