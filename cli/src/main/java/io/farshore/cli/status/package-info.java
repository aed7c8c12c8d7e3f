/** {@code farshorectl status} and {@code evidence}. */
@NullMarked
package io.farshore.cli.status;

import org.jspecify.annotations.NullMarked;
