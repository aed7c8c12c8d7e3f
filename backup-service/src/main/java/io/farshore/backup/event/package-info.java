/** What the service tells others. */
@NullMarked
package io.farshore.backup.event;

import org.jspecify.annotations.NullMarked;
