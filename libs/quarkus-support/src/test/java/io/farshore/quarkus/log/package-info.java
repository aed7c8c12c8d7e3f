@NullUnmarked
package io.farshore.quarkus.log;

import org.jspecify.annotations.NullUnmarked;
