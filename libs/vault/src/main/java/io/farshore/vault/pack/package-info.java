/** Packs: files that hold many sealed chunks and an index of them. */
@NullMarked
package io.farshore.vault.pack;

import org.jspecify.annotations.NullMarked;
