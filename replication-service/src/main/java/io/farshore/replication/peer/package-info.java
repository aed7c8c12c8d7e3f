/** What other services say: the writing region's view, and the catalogue. */
@NullMarked
package io.farshore.replication.peer;

import org.jspecify.annotations.NullMarked;
