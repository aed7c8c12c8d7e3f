@NullMarked
package io.farshore.tlog.merkle;

import org.jspecify.annotations.NullMarked;
