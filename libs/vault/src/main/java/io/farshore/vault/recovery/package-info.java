/** Making a PostgreSQL server of a restored directory: what it replays, and what it must not do. */
@NullMarked
package io.farshore.vault.recovery;

import org.jspecify.annotations.NullMarked;
