/** Reading a recovery point back: restoring and verifying, chunk by chunk from any copy. */
@NullMarked
package io.farshore.vault.restore;

import org.jspecify.annotations.NullMarked;
