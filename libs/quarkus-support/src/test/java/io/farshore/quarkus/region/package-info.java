/** Tests. */
@NullMarked
package io.farshore.quarkus.region;

import org.jspecify.annotations.NullMarked;
