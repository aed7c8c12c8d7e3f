@NullMarked
package io.farshore.gateway.routing;

import org.jspecify.annotations.NullMarked;
