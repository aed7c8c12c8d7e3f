/** Where entries are durable before they reach tiles. */
@NullMarked
package io.farshore.tlog.journal;

import org.jspecify.annotations.NullMarked;
