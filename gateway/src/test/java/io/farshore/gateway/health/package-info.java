@NullMarked
package io.farshore.gateway.health;

import org.jspecify.annotations.NullMarked;
