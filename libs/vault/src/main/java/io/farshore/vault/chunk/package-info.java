/** Pieces of files, named by a keyed hash of their content. */
@NullMarked
package io.farshore.vault.chunk;

import org.jspecify.annotations.NullMarked;
