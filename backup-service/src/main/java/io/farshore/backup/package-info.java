/** The backup service: backup runs, recovery points, copies and restores. */
@NullMarked
package io.farshore.backup;

import org.jspecify.annotations.NullMarked;
