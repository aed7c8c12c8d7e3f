/** Where a copy of the repository lies: the port, and a directory as its first form. */
@NullMarked
package io.farshore.vault.copy;

import org.jspecify.annotations.NullMarked;
