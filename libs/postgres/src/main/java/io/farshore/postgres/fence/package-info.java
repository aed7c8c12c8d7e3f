/** Making a server's sessions unable to write. */
@NullMarked
package io.farshore.postgres.fence;

import org.jspecify.annotations.NullMarked;
