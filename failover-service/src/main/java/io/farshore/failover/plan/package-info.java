/** Whether an application may move, where to, and at what loss. Pure. */
@NullMarked
package io.farshore.failover.plan;

import org.jspecify.annotations.NullMarked;
