/** Tests. */
@NullMarked
package io.farshore.cli.output;

import org.jspecify.annotations.NullMarked;
