@NullMarked
package io.farshore.testing.event;

import org.jspecify.annotations.NullMarked;
