/** Who this process is and where it finds the others. */
@NullMarked
package io.farshore.quarkus.region;

import org.jspecify.annotations.NullMarked;
