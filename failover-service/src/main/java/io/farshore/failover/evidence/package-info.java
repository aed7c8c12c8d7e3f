/** What observers saw of each region, and the verdict of the majority. Pure decisions. */
@NullMarked
package io.farshore.failover.evidence;

import org.jspecify.annotations.NullMarked;
