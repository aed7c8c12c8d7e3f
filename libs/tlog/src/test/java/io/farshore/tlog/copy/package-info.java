@NullMarked
package io.farshore.tlog.copy;

import org.jspecify.annotations.NullMarked;
