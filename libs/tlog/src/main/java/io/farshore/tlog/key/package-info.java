/** Files that hold signing keys. */
@NullMarked
package io.farshore.tlog.key;

import org.jspecify.annotations.NullMarked;
