@NullMarked
package io.farshore.tlog.writer;

import org.jspecify.annotations.NullMarked;
