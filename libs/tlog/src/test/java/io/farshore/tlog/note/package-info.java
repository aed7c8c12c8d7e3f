@NullMarked
package io.farshore.tlog.note;

import org.jspecify.annotations.NullMarked;
