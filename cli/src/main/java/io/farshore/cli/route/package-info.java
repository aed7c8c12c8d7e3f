/** {@code farshorectl routes}. */
@NullMarked
package io.farshore.cli.route;

import org.jspecify.annotations.NullMarked;
