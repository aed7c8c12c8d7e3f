/** Events between services: CloudEvents 1.0. */
@NullMarked
package io.farshore.contracts.event;

import org.jspecify.annotations.NullMarked;
