/** Tests. */
@NullMarked
package io.farshore.bench;

import org.jspecify.annotations.NullMarked;
