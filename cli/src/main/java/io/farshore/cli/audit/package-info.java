/** {@code farshorectl audit}: verification needs no service. */
@NullMarked
package io.farshore.cli.audit;

import org.jspecify.annotations.NullMarked;
