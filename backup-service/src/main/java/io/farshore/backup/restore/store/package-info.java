/** The journal of restores, in files. */
@NullMarked
package io.farshore.backup.restore.store;

import org.jspecify.annotations.NullMarked;
