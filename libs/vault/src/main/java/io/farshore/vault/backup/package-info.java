/** Writing a recovery point: one read of the source, sealed into every copy. */
@NullMarked
package io.farshore.vault.backup;

import org.jspecify.annotations.NullMarked;
