@NullMarked
package io.farshore.tlog.key;

import org.jspecify.annotations.NullMarked;
