/** Recovery points, as they really lie in the copies. */
@NullMarked
package io.farshore.backup.point;

import org.jspecify.annotations.NullMarked;
