/** The repository's key and the writers' signing keys, and the files they live in. */
@NullMarked
package io.farshore.vault.key;

import org.jspecify.annotations.NullMarked;
