/** Tests. */
@NullMarked
package io.farshore.testbed.layout;

import org.jspecify.annotations.NullMarked;
