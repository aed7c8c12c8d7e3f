@NullMarked
package io.farshore.tlog.tile;

import org.jspecify.annotations.NullMarked;
