/** Rules of the whole library. */
@NullMarked
package io.farshore.quarkus;

import org.jspecify.annotations.NullMarked;
