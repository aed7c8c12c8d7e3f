@NullMarked
package io.farshore.gateway.wiring;

import org.jspecify.annotations.NullMarked;
