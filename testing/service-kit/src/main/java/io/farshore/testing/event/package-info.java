/** What the events of a service are held against. */
@NullMarked
package io.farshore.testing.event;

import org.jspecify.annotations.NullMarked;
