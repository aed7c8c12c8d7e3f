@NullMarked
package io.farshore.gateway.proxy;

import org.jspecify.annotations.NullMarked;
