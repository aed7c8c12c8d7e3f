/** Tests. */
@NullMarked
package io.farshore.quarkus.problem;

import org.jspecify.annotations.NullMarked;
