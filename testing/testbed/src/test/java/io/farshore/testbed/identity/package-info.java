/** Tests. */
@NullMarked
package io.farshore.testbed.identity;

import org.jspecify.annotations.NullMarked;
