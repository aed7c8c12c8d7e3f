/** Tests. */
@NullMarked
package io.farshore.quarkus.security;

import org.jspecify.annotations.NullMarked;
