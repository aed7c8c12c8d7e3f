/** Checks a whole log from its published files alone. */
@NullMarked
package io.farshore.tlog.verify;

import org.jspecify.annotations.NullMarked;
