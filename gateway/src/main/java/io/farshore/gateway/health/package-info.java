/** Which upstreams are well and how far away they are, by checks and by what requests meet. */
@NullMarked
package io.farshore.gateway.health;

import org.jspecify.annotations.NullMarked;
