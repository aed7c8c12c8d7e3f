@NullMarked
package io.farshore.gateway;

import org.jspecify.annotations.NullMarked;
