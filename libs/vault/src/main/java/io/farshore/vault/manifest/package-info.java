/** What a recovery point consists of: signed, written last. */
@NullMarked
package io.farshore.vault.manifest;

import org.jspecify.annotations.NullMarked;
