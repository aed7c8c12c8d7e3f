/** Events on their way out of the service. */
@NullMarked
package io.farshore.backup.event.messaging;

import org.jspecify.annotations.NullMarked;
