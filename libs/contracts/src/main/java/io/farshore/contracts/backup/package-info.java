/** Backup runs, recovery points and restores. */
@NullMarked
package io.farshore.contracts.backup;

import org.jspecify.annotations.NullMarked;
