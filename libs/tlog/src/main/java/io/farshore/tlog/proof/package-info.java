/** Self-contained evidence that one entry is in a log (C2SP tlog-proof). */
@NullMarked
package io.farshore.tlog.proof;

import org.jspecify.annotations.NullMarked;
