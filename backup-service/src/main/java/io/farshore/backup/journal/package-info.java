/** Small records that survive a crash, one file each. */
@NullMarked
package io.farshore.backup.journal;

import org.jspecify.annotations.NullMarked;
