@NullMarked
package io.farshore.tlog;

import org.jspecify.annotations.NullMarked;
