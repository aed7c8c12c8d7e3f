/** C2SP signed notes: text with signatures by named keys. Pure. */
@NullMarked
package io.farshore.tlog.note;

import org.jspecify.annotations.NullMarked;
