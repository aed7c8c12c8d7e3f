@NullMarked
package io.farshore.tlog.disk;

import org.jspecify.annotations.NullMarked;
