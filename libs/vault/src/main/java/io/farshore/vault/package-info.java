/**
 * The backup repository. Content-addressed chunks, compressed and encrypted, lie in packs; a signed
 * manifest per recovery point says which chunks make which file. Everything needed for a restore is
 * in the repository and its key file; no service and no database takes part. The format is written
 * down in {@code docs/vault-format.md}.
 */
@NullMarked
package io.farshore.vault;

import org.jspecify.annotations.NullMarked;
