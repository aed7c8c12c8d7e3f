/** The story told by {@code ./farshore demo}. */
@NullMarked
package io.farshore.testbed.demo;

import org.jspecify.annotations.NullMarked;
