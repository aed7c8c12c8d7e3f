/** Restores into directories. */
@NullMarked
package io.farshore.backup.restore;

import org.jspecify.annotations.NullMarked;
