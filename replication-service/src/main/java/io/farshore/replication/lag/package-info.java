/** How far behind a region is, what that exposes, and when to tell somebody. Pure. */
@NullMarked
package io.farshore.replication.lag;

import org.jspecify.annotations.NullMarked;
