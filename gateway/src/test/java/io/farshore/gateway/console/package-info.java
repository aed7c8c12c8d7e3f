@NullMarked
package io.farshore.gateway.console;

import org.jspecify.annotations.NullMarked;
